package io.nirvanastreams.openset.calibration;

import java.util.Arrays;

/**
 * What is kept for one class to judge images by.
 *
 * <p>Immutable by convention: arrays are shared and must not be written to.
 *
 * @param label name of the class
 * @param scores scores of held-out known images that the model predicts as this class, ascending
 * @param references representations of stored training images of this class, each of length 1; may
 *     be empty
 */
@SuppressWarnings("ArrayRecordComponent")
public record ClassCalibration(String label, double[] scores, float[][] references) {

  /**
   * Checks the order of the scores.
   *
   * @throws IllegalArgumentException when they are not ascending or one is NaN
   */
  public ClassCalibration {
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i]) || (i > 0 && scores[i] < scores[i - 1])) {
        throw new IllegalArgumentException(
            "calibration scores of '" + label + "' must be ascending numbers");
      }
    }
  }

  /** Equal when the values are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ClassCalibration that
        && label.equals(that.label)
        && Arrays.equals(scores, that.scores)
        && Arrays.deepEquals(references, that.references);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * label.hashCode() + Arrays.hashCode(scores)) + Arrays.deepHashCode(references);
  }

  @Override
  public String toString() {
    return "ClassCalibration[%s, %d scores, %d references]"
        .formatted(label, scores.length, references.length);
  }
}
