package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.model.InputShape;

/**
 * Turns JPEG and PNG bytes into the pixels a network takes. The sizes are read from the header and
 * checked before memory for a pixel is taken. Safe for any thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ImageDecoder {
  /** The default for the number of pixels of an image. */
  public static final long DEFAULT_MAX_PIXELS = 50_000_000;

  /** The default for the number of bytes of an encoded image. */
  public static final int DEFAULT_MAX_BYTES = 32 << 20;

  private final long maxPixels;
  private final int maxBytes;

  /** A decoder with the default limits. */
  public ImageDecoder() {
    this(DEFAULT_MAX_PIXELS, DEFAULT_MAX_BYTES);
  }

  /**
   * A decoder with limits.
   *
   * @param maxPixels width x height above which an image is refused
   * @param maxBytes encoded bytes above which an image is refused
   */
  public ImageDecoder(long maxPixels, int maxBytes) {
    this.maxPixels = maxPixels;
    this.maxBytes = maxBytes;
  }

  /**
   * Decodes, crops and resizes an image. An image that has the shape already comes back bit for
   * bit.
   *
   * @param encoded the whole JPEG or PNG file
   * @param shape the shape of the result
   * @param crop the part to look at, or null for all of it
   * @return {@code shape.size()} bytes, HWC
   * @throws UndecodableImageException whenever there is no such image in the bytes
   */
  public byte[] decode(byte[] encoded, InputShape shape, Crop crop)
      throws UndecodableImageException {
    throw new UndecodableImageException("not ready " + maxPixels + maxBytes + crop);
  }
}
