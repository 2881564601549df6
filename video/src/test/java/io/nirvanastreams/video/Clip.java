package io.nirvanastreams.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** 50 frames of 384x216, 12.5 a second. */
final class Clip {
  static final int FRAMES = 50;

  private Clip() {}

  static Path write(Path folder) throws IOException {
    return write(folder, "car.mp4");
  }

  static Path write(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream clip = Clip.class.getResourceAsStream("/car/" + name)) {
      Files.copy(clip, file);
    }
    return file;
  }
}
