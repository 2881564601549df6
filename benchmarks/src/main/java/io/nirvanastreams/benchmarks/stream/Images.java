package io.nirvanastreams.benchmarks.stream;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Made-up pictures: smooth waves with a little noise, as a camera gives. Stateless. */
public final class Images {
  private Images() {}

  /** Different pictures of one size, encoded. */
  public static List<byte[]> encoded(String format, int width, int height, int count) {
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        ImageIO.write(draw(width, height, i), format, out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      images.add(out.toByteArray());
    }
    return images;
  }

  private static BufferedImage draw(int width, int height, int seed) {
    Random random = new Random(seed);
    double waves = 1 + random.nextInt(5);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          double wave = Math.sin(waves * (x + channel * y) * 2 * Math.PI / width);
          int value = (int) (128 + 100 * wave) + random.nextInt(24);
          rgb = rgb << 8 | Math.max(0, Math.min(255, value));
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }
}
