package io.nirvanastreams.trainer.evaluate.picture;

import io.nirvanastreams.trainer.picture.PictureFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A picture and its numbers. Implementations are immutable. */
public interface Picture {

  /** The picture, drawn anew. */
  BufferedImage draw();

  /** Its numbers: comma-separated, a line of names first. */
  String csv();

  /**
   * Writes {@code NAME.png} and {@code NAME.csv}.
   *
   * @param folder made when it does not exist
   * @throws IOException when a file cannot be written
   */
  default void write(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".csv"), csv());
    PictureFile.write(this::draw, folder.resolve(name + ".png"));
  }
}
