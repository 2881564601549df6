package io.nirvanastreams.trainer.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes pictures as PNG files. Stateless. */
public final class PictureFile {
  private static final Logger LOG = LoggerFactory.getLogger(PictureFile.class);

  private PictureFile() {}

  /**
   * Draws a picture and writes it. Where this Java cannot draw text, as headless ones without fonts
   * cannot, the file is left out with a warning: an hour of training is not lost for a picture.
   *
   * @throws IOException when the file cannot be written
   */
  public static void write(Supplier<BufferedImage> picture, Path file) throws IOException {
    BufferedImage drawn;
    try {
      drawn = picture.get();
    } catch (LinkageError | InternalError e) {
      LOG.warn("{} is left out, no text can be drawn: install fontconfig and a font", file, e);
      return;
    }
    if (!ImageIO.write(drawn, "png", file.toFile())) {
      throw new IOException("This Java writes no PNG; " + file + " was not made");
    }
  }
}
