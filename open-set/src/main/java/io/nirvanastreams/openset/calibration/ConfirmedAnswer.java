package io.nirvanastreams.openset.calibration;

/**
 * An answer whose image a person labelled since. Immutable.
 *
 * @param id of the image
 * @param nearest the class that the model predicted, in vertex order
 * @param score the score that was decided on
 * @param unknown whether it was answered unknown
 * @param label the class that it was labelled as, in vertex order; -1 when the model has no such
 *     class
 */
public record ConfirmedAnswer(String id, int nearest, double score, boolean unknown, int label) {
  /** Whether the image is of a class of the model, so that an answer unknown was false. */
  public boolean ofKnownClass() {
    return label >= 0;
  }
}
