package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.trainer.publish.Publication;

/**
 * A version that was learned and measured, before anybody decided to publish it. Immutable.
 *
 * @param publication the version
 * @param oldAccuracyBefore accuracy of the parent on validation images of its classes
 * @param oldAccuracyAfter accuracy of the new version on the same images
 * @param remark what a person should know about how it was learned, or empty
 */
public record LearnedModel(
    Publication publication, double oldAccuracyBefore, double oldAccuracyAfter, String remark) {

  /** A version with nothing to remark. */
  public LearnedModel(Publication publication, double oldAccuracyBefore, double oldAccuracyAfter) {
    this(publication, oldAccuracyBefore, oldAccuracyAfter, "");
  }

  /** By how much the accuracy on the old classes fell; negative when it rose. */
  public double forgetting() {
    return oldAccuracyBefore - oldAccuracyAfter;
  }
}
