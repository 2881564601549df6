package io.nirvanastreams.camera.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Which files are images, by their names. */
final class ImageFiles {
  private static final Set<String> EXTENSIONS =
      Set.of("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp");

  private ImageFiles() {}

  static boolean isImage(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  static boolean isImage(Path file) {
    return isImage(file.getFileName().toString());
  }
}
