package io.nirvanastreams.trainer.evaluate.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

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
    Path file = folder.resolve(name + ".png");
    if (!ImageIO.write(draw(), "png", file.toFile())) {
      throw new IOException("This Java writes no PNG; " + file + " was not made");
    }
    Files.writeString(folder.resolve(name + ".csv"), csv());
  }
}
