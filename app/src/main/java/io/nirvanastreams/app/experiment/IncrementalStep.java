package io.nirvanastreams.app.experiment;

/**
 * One class added, both ways. Immutable.
 *
 * @param version that it made
 * @param added name of the class
 * @param before the version before it
 * @param fineTuned from the version before
 * @param scratch trained anew on all images of all classes so far
 */
record IncrementalStep(
    int version,
    String added,
    VersionMeasures before,
    VersionMeasures fineTuned,
    VersionMeasures scratch) {

  /** What the old classes lost on test images; below zero when they gained. */
  double forgotten() {
    return before.test().all() - fineTuned.test().old();
  }

  /** What the old classes lost when the new one may not be answered. */
  double forgottenAmongOld() {
    return before.test().all() - fineTuned.test().oldAmongOld();
  }

  /**
   * How much less the old classes are worth than in a training from scratch on the same classes:
   * the part of what they lost that fine-tuning is to blame for. The rest comes with the new class,
   * which some old images look like.
   */
  double behindScratch() {
    return scratch.test().old() - fineTuned.test().old();
  }
}
