package io.nirvanastreams.app.experiment;

import io.nirvanastreams.trainer.retrain.BoundedLearning;

/**
 * One class added, both ways. Immutable.
 *
 * @param version that it made
 * @param added name of the class
 * @param before the version before it
 * @param tuning from the version before, under a limit of forgetting
 * @param scratch trained anew on all images of all classes so far
 */
record IncrementalStep(
    int version,
    String added,
    VersionMeasures before,
    BoundedLearning<VersionMeasures> tuning,
    VersionMeasures scratch) {

  /** The version that was taken. */
  VersionMeasures fineTuned() {
    return tuning.taken().model();
  }

  /** What the old classes lost on test images; below zero when they gained. */
  double forgotten() {
    return forgotten(fineTuned());
  }

  /** The same of one of the trainings. */
  double forgotten(VersionMeasures version) {
    return before.test().all() - version.test().old();
  }

  /** What the old classes lost when the new one may not be answered. */
  double forgottenAmongOld() {
    return before.test().all() - fineTuned().test().oldAmongOld();
  }

  /**
   * How much less the old classes are worth than in a training from scratch on the same classes:
   * the part of what they lost that fine-tuning is to blame for. The rest comes with the new class,
   * which some old images look like.
   */
  double behindScratch() {
    return scratch.test().old() - fineTuned().test().old();
  }
}
