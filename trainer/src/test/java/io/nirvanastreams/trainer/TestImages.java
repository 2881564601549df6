package io.nirvanastreams.trainer;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.ImageSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Small images of stripes and spots that a network tells apart within a few steps. */
public final class TestImages {
  public static final InputShape SHAPE = new InputShape(1, 8, 8);

  private TestImages() {}

  /** So many noisy images of each of the first classes, class after class. */
  public static ImageSet of(int classes, int perClass, long seed) {
    Random random = new Random(seed);
    byte[][] pixels = new byte[classes * perClass][];
    int[] labels = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      labels[i] = i / perClass;
      pixels[i] = image(labels[i], random);
    }
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "kind" + c).toList();
    return new ImageSet(SHAPE, names, pixels, labels);
  }

  private static byte[] image(int kind, Random random) {
    byte[] image = new byte[SHAPE.size()];
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        boolean bright =
            switch (kind) {
              case 0 -> y < 2;
              case 1 -> x >= 2 && x < 6 && y >= 2 && y < 6;
              case 2 -> x == y || x == y + 1;
              case 3 -> (x + y) % 2 == 0;
              default -> x > y;
            };
        image[8 * y + x] = (byte) ((bright ? 170 : 20) + random.nextInt(60));
      }
    }
    return image;
  }
}
