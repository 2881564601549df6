package io.nirvanastreams.app.ingest;

import java.util.Locale;
import java.util.Set;

/** Media types of images, told by their first bytes. Stateless. */
public final class MediaTypes {
  /** What is neither JPEG nor PNG; the processor answers it UNDECODABLE. */
  public static final String OTHER = "application/octet-stream";

  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg");

  private MediaTypes() {}

  /** The media type of these bytes, whatever their file is called. */
  public static String of(byte[] bytes) {
    if (startsWith(bytes, 0x89, 'P', 'N', 'G')) {
      return "image/png";
    }
    return startsWith(bytes, 0xFF, 0xD8, 0xFF) ? "image/jpeg" : OTHER;
  }

  /** Whether a file is an image by its name. */
  static boolean isImage(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
