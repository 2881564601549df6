package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.model.InputShape;

/** Writes pixels as PNG or JPEG files: the other way round of {@link ImageDecoder}. Stateless. */
@SuppressWarnings("DoNotCallSuggester")
public final class ImageEncoder {
  private ImageEncoder() {}

  /** A PNG file that decodes to exactly these pixels. */
  public static byte[] png(byte[] pixels, InputShape shape) {
    throw new IllegalStateException("not ready " + pixels.length + shape);
  }

  /**
   * A JPEG file.
   *
   * @param quality from 0 (small) to 1 (good)
   */
  public static byte[] jpeg(byte[] pixels, InputShape shape, float quality) {
    throw new IllegalStateException("not ready " + pixels.length + shape + quality);
  }
}
