package io.nirvanastreams.trainer.train;

/**
 * Random changes of training images. Immutable.
 *
 * @param crop pixels of zero padding around a randomly placed crop; 0 turns it off
 * @param flip whether images are mirrored at random
 */
public record AugmentationSettings(int crop, boolean flip) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a value outside its range
   */
  public AugmentationSettings {
    Ranges.check(crop >= 0 && crop <= 64, "crop", crop);
  }
}
