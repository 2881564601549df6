package io.nirvanastreams.trainer.retrain;

import java.util.Locale;

/**
 * A version as it was trained, or with a lead of the old classes, measured on validation images.
 *
 * @param <T> what came of it
 * @param model what came of it
 * @param oldWeight how much an image of an old class counted against one of a new class
 * @param lead that the old classes were given when it was trained
 * @param forgetting what the old classes lost
 * @param newRecall share of the new classes' images that are nearest to their vertex; NaN without
 *     any
 */
public record LearningAttempt<T>(
    T model, double oldWeight, double lead, Forgetting forgetting, double newRecall) {

  /** One line for people. */
  String describe() {
    return String.format(
        Locale.ROOT,
        "old classes weighted %.2f, lead %.2f: they lose %.2f +- %.2f points on %d validation images, recall"
            + " of the new ones %.1f %%",
        oldWeight,
        lead,
        100 * forgetting.fall(),
        100 * forgetting.error(),
        forgetting.images(),
        100 * newRecall);
  }
}
