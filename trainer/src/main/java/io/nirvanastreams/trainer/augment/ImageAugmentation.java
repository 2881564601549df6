package io.nirvanastreams.trainer.augment;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.Augmentation;
import java.util.Random;

/**
 * What is done to one image before it is learned from, in this order. Immutable; safe for any
 * thread with a generator of its own.
 *
 * @param resizedCrop a part scaled to the whole
 * @param crop pixels of zero padding around a randomly placed crop; 0 turns it off
 * @param flip whether the image is mirrored half of the time
 * @param randAugment operations on what came of it
 */
public record ImageAugmentation(
    RandomResizedCrop resizedCrop, int crop, boolean flip, RandAugment randAugment) {

  /** Crop and flip only. */
  public static ImageAugmentation of(int crop, boolean flip) {
    return new ImageAugmentation(RandomResizedCrop.NONE, crop, flip, RandAugment.NONE);
  }

  /** A changed image; the given array itself when nothing changed it. */
  public byte[] apply(byte[] pixels, InputShape shape, Random random) {
    byte[] changed = resizedCrop.apply(pixels, shape, random);
    if (crop > 0) {
      int range = 2 * crop + 1;
      int right = random.nextInt(range) - crop;
      changed = Augmentation.shift(changed, shape, right, random.nextInt(range) - crop);
    }
    if (flip && random.nextBoolean()) {
      changed = Augmentation.flip(changed, shape);
    }
    return randAugment.apply(changed, shape, random);
  }
}
