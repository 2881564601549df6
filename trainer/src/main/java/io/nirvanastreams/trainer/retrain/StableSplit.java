package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.trainer.data.Shuffle;
import java.util.ArrayList;
import java.util.List;

/**
 * Labelled images in three parts that share none. The part follows from the image's id and the
 * seed, not from the other images: an image that one version was calibrated with is never trained
 * on by a later one, whatever has been labelled in between.
 *
 * @param train to learn from
 * @param validation to measure by
 * @param calibration to calibrate with
 */
record StableSplit(
    List<LabelledImage> train, List<LabelledImage> validation, List<LabelledImage> calibration) {

  static StableSplit of(
      List<LabelledImage> images, double validationShare, double calibrationShare, long seed) {
    List<LabelledImage> train = new ArrayList<>();
    List<LabelledImage> validation = new ArrayList<>();
    List<LabelledImage> calibration = new ArrayList<>();
    for (LabelledImage image : images) {
      double draw = (Shuffle.seed(seed, image.eventId().hashCode()) >>> 11) * 0x1p-53;
      if (draw < validationShare) {
        validation.add(image);
      } else if (draw < validationShare + calibrationShare) {
        calibration.add(image);
      } else {
        train.add(image);
      }
    }
    return new StableSplit(train, validation, calibration);
  }
}
