package io.nirvanastreams.trainer.augment;

import io.nirvanastreams.embedding.image.Crop;
import io.nirvanastreams.embedding.image.Pixels;
import io.nirvanastreams.embedding.model.InputShape;
import java.util.Random;

/**
 * A part of the image of random area, sides and place, scaled to the whole: Szegedy et al., "Going
 * deeper with convolutions" (2015). The sides are to each other as 3 to 4 at most. Immutable.
 *
 * @param leastArea smallest share of the area; 1 turns it off
 */
public record RandomResizedCrop(double leastArea) {
  /** The whole image. */
  public static final RandomResizedCrop NONE = new RandomResizedCrop(1);

  private static final int TRIES = 10;
  private static final double LARGEST_RATIO = 4.0 / 3;

  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException when it is not above 0 and at most 1
   */
  public RandomResizedCrop {
    if (!(leastArea > 0 && leastArea <= 1)) {
      throw new IllegalArgumentException(
          "A crop to " + leastArea + " of the area; give a share above 0 and at most 1");
    }
  }

  /** A changed image; the given array itself when it is turned off. */
  public byte[] apply(byte[] pixels, InputShape shape, Random random) {
    return leastArea == 1 ? pixels : Pixels.convert(pixels, shape, part(shape, random), shape);
  }

  private Crop part(InputShape shape, Random random) {
    double area = (double) shape.width() * shape.height();
    for (int i = 0; i < TRIES; i++) {
      double wanted = area * (leastArea + (1 - leastArea) * random.nextDouble());
      // As often oblong as upright. StrictMath: the same crop on every machine.
      double ratio = StrictMath.pow(LARGEST_RATIO, 2 * random.nextDouble() - 1);
      int width = (int) Math.round(StrictMath.sqrt(wanted * ratio));
      int height = (int) Math.round(StrictMath.sqrt(wanted / ratio));
      if (width >= 1 && height >= 1 && width <= shape.width() && height <= shape.height()) {
        int x = random.nextInt(shape.width() - width + 1);
        return new Crop(x, random.nextInt(shape.height() - height + 1), width, height);
      }
    }
    return new Crop(0, 0, shape.width(), shape.height());
  }
}
