package io.nirvanastreams.deploy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** A data set that a network learns in seconds: one folder of drawn pictures a class. */
final class DrawnImages {
  private static final int SIZE = 28;
  private static final int PER_CLASS = 100;

  private DrawnImages() {}

  static void write(Path folder) throws IOException {
    Random random = new Random(1);
    for (String name : new String[] {"stripes", "spot"}) {
      Path files = Files.createDirectories(folder.resolve(name));
      for (int i = 0; i < PER_CLASS; i++) {
        ImageIO.write(draw(name, random), "png", files.resolve(i + ".png").toFile());
      }
    }
  }

  private static BufferedImage draw(String name, Random random) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        boolean bright = name.equals("stripes") ? x % 4 < 2 : Math.hypot(x - 14, y - 14) < 6;
        image.getRaster().setSample(x, y, 0, (bright ? 200 : 0) + random.nextInt(50));
      }
    }
    return image;
  }
}
