package io.nirvanastreams.app.ingest;

import io.nirvanastreams.embedding.image.header.ImageFormat;

/** Media types of images, told by their first bytes. Stateless. */
public final class MediaTypes {
  /** What is no image that can be decoded; the processor answers it UNDECODABLE. */
  public static final String OTHER = "application/octet-stream";

  private MediaTypes() {}

  /** The media type of these bytes, whatever their file is called. */
  public static String of(byte[] bytes) {
    return ImageFormat.of(bytes).map(ImageFormat::mediaType).orElse(OTHER);
  }
}
