package io.nirvanastreams.trainer.train;

import io.nirvanastreams.trainer.augment.ImageAugmentation;
import io.nirvanastreams.trainer.augment.Mixing;
import io.nirvanastreams.trainer.augment.RandAugment;
import io.nirvanastreams.trainer.augment.RandomResizedCrop;
import java.util.Map;

/**
 * Random changes of training images. Immutable.
 *
 * @param crop pixels of zero padding around a randomly placed crop; 0 turns it off
 * @param flip whether images are mirrored at random
 * @param resizedCrop smallest share of the area of a random part that is scaled to the whole; 1
 *     turns it off
 * @param randAugment operations on each image
 * @param mixup alpha of blending two images into one; 0 turns it off
 * @param cutmix alpha of putting a part of one image into another; 0 turns it off
 */
public record AugmentationSettings(
    int crop,
    boolean flip,
    double resizedCrop,
    RandAugment randAugment,
    double mixup,
    double cutmix) {

  /** Names and values of what is off unless a recipe says otherwise. */
  static final Map<String, String> OFF =
      Map.of("resized-crop", "1", "rand-augment", "none", "mixup", "0", "cutmix", "0");

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a value outside its range
   */
  public AugmentationSettings {
    Ranges.check(crop >= 0 && crop <= 64, "crop", crop);
    Ranges.check(resizedCrop > 0 && resizedCrop <= 1, "resized-crop", resizedCrop);
    Ranges.check(mixup >= 0 && mixup <= 100, "mixup", mixup);
    Ranges.check(cutmix >= 0 && cutmix <= 100, "cutmix", cutmix);
  }

  /** Crop and flip only. */
  public AugmentationSettings(int crop, boolean flip) {
    this(crop, flip, 1, RandAugment.NONE, 0, 0);
  }

  /** What is done to an image. */
  ImageAugmentation ofImages() {
    return new ImageAugmentation(new RandomResizedCrop(resizedCrop), crop, flip, randAugment);
  }

  /** What is done to a batch of them. */
  Mixing ofBatches() {
    return new Mixing(mixup, cutmix);
  }
}
