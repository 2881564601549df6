package io.nirvanastreams.trainer.retrain;

import java.time.Duration;

/**
 * When the retraining service learns and what it refuses. Immutable.
 *
 * @param modelName the model that is kept up to date
 * @param instance the name of this trainer in events and promotions
 * @param minimumImages images that a new class needs
 * @param settle how long nothing must have been said about a class before it is learned: a person
 *     often names several groups alike, and a class learned from one of them is learned badly
 * @param maximumForgetting largest fall of the accuracy on the old classes, as a fraction
 * @param maximumNovelties unknowns whose images are held in memory until somebody names them; the
 *     oldest go first
 * @param together whether all classes that are ready become one version; otherwise one each
 */
public record RetrainingSettings(
    String modelName,
    String instance,
    int minimumImages,
    Duration settle,
    double maximumForgetting,
    int maximumNovelties,
    boolean together) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for one outside its range
   */
  public RetrainingSettings {
    if (modelName.isBlank()) {
      throw new IllegalArgumentException("the model to retrain has no name");
    }
    if (minimumImages < 4) {
      throw new IllegalArgumentException(
          "a class needs 4 images or more to be split and learned, not " + minimumImages);
    }
    if (settle.isNegative()) {
      throw new IllegalArgumentException("the time to settle is negative: " + settle);
    }
    if (!(maximumForgetting >= 0 && maximumForgetting <= 1)) {
      throw new IllegalArgumentException(
          "the forgetting is a fraction from 0 to 1, not " + maximumForgetting);
    }
    if (maximumNovelties < minimumImages) {
      throw new IllegalArgumentException(
          "%d novelties in memory can never make a class of %d images"
              .formatted(maximumNovelties, minimumImages));
    }
  }

  /** The defaults for a model. */
  public static RetrainingSettings of(String modelName) {
    return new RetrainingSettings(
        modelName, "trainer", 60, Duration.ofSeconds(3), 0.03, 20_000, true);
  }

  /** The same with another number of images that a class needs. */
  public RetrainingSettings withMinimumImages(int images) {
    return new RetrainingSettings(
        modelName, instance, images, settle, maximumForgetting, maximumNovelties, together);
  }

  /** The same with another time to settle. */
  public RetrainingSettings withSettle(Duration time) {
    return new RetrainingSettings(
        modelName, instance, minimumImages, time, maximumForgetting, maximumNovelties, together);
  }

  /** The same with another limit of forgetting. */
  public RetrainingSettings withMaximumForgetting(double fraction) {
    return new RetrainingSettings(
        modelName, instance, minimumImages, settle, fraction, maximumNovelties, together);
  }
}
