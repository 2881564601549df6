package io.nirvanastreams.app.ingest;

import io.nirvanastreams.embedding.image.header.ImageFormat;
import java.util.Locale;
import java.util.Set;

/** Media types of images, told by their first bytes. Stateless. */
public final class MediaTypes {
  /** What is no image that can be decoded; the processor answers it UNDECODABLE. */
  public static final String OTHER = "application/octet-stream";

  private static final Set<String> EXTENSIONS =
      Set.of("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp");

  private MediaTypes() {}

  /** The media type of these bytes, whatever their file is called. */
  public static String of(byte[] bytes) {
    return ImageFormat.of(bytes).map(ImageFormat::mediaType).orElse(OTHER);
  }

  /** Whether a file is an image by its name. */
  static boolean isImage(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
