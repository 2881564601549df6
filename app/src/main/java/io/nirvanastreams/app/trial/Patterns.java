package io.nirvanastreams.app.trial;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.ImageSet;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Made-up images: patterns with noise, without end, so that images to calibrate on and images on
 * the stream come from one source and none comes twice. Stateless.
 */
final class Patterns {
  /** Grey images, small enough for a network that learns them in a second. */
  static final InputShape SHAPE = new InputShape(1, 28, 28);

  /** Classes in vertex order; later versions of the model know one more than the first. */
  static final List<String> CLASSES = List.of("stripes", "spot", "ring");

  /** A class that no version learns. */
  static final String UNKNOWN = "checks";

  private Patterns() {}

  /** Images of the first classes, so many of each. */
  static ImageSet images(int classes, int perClass, Random random) {
    byte[][] pixels = new byte[classes * perClass][];
    int[] labels = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      labels[i] = i % classes;
      pixels[i] = draw(CLASSES.get(labels[i]), random);
    }
    return new ImageSet(SHAPE, CLASSES.subList(0, classes), pixels, labels);
  }

  /** One image of a class as a PNG file. */
  static byte[] png(String name, Random random) {
    BufferedImage image =
        new BufferedImage(SHAPE.width(), SHAPE.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, SHAPE.width(), SHAPE.height(), draw(name, random));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A file that begins like an image and is none. */
  static byte[] broken(Random random) {
    return Arrays.copyOf(png(UNKNOWN, random), 60);
  }

  private static byte[] draw(String name, Random random) {
    byte[] pixels = new byte[SHAPE.size()];
    double middleX = 14 + random.nextGaussian();
    double middleY = 14 + random.nextGaussian();
    int shift = random.nextInt(4);
    for (int y = 0; y < SHAPE.height(); y++) {
      for (int x = 0; x < SHAPE.width(); x++) {
        double distance = Math.hypot(x - middleX, y - middleY);
        boolean bright =
            switch (name) {
              case "stripes" -> (x + shift) % 4 < 2;
              case "spot" -> distance < 6;
              case "ring" -> distance > 7 && distance < 11;
              default -> ((x + shift) / 7 + y / 7) % 2 == 0;
            };
        pixels[y * SHAPE.width() + x] = (byte) ((bright ? 150 : 30) + random.nextInt(70));
      }
    }
    return pixels;
  }
}
