package io.nirvanastreams.embedding;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Images to try a network with where there are none of its own: ramps of random direction and
 * contrast under some noise, always the same ones. Stateless.
 */
final class ProbeImages {
  private static final int COUNT = 32;
  private static final double NOISE = 20;

  private ProbeImages() {}

  static List<byte[]> of(InputShape shape) {
    Random random = new Random(1);
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      images.add(image(shape, random));
    }
    return images;
  }

  private static byte[] image(InputShape shape, Random random) {
    byte[] image = new byte[shape.size()];
    double mean = 255 * random.nextDouble();
    double down = 255 * random.nextGaussian();
    double right = 255 * random.nextGaussian();
    for (int pixel = 0; pixel < image.length; pixel++) {
      int place = pixel / shape.channels();
      int row = place / shape.width();
      int column = place % shape.width();
      double value =
          mean
              + down * ((double) row / shape.height() - 0.5)
              + right * ((double) column / shape.width() - 0.5)
              + NOISE * random.nextGaussian();
      image[pixel] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    return image;
  }
}
