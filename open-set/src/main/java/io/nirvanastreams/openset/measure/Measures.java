package io.nirvanastreams.openset.measure;

import java.util.Arrays;

/**
 * Measures of a classifier that may also answer unknown. All are fractions in 0..1; higher scores
 * mean more known; the order of the input plays no part.
 *
 * <p>Areas are exact, in O(n log n); pairs of equal scores count half. Pure functions, safe for any
 * thread. NaN scores and empty inputs are refused with {@link IllegalArgumentException}.
 */
public final class Measures {

  private Measures() {}

  /** Share of images whose predicted class is the true one. */
  public static double accuracy(int[] labels, int[] predictions) {
    if (labels.length != predictions.length || labels.length == 0) {
      throw new IllegalArgumentException(
          labels.length + " labels against " + predictions.length + " predictions");
    }
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == predictions[i]) {
        correct++;
      }
    }
    return (double) correct / labels.length;
  }

  /** Area under the ROC curve: the chance that a known image scores above an unknown one. */
  public static double auroc(double[] known, double[] unknown) {
    return winsOver(known, unknown) / known.length;
  }

  /**
   * Area under the open-set classification rate curve: as {@link #auroc}, but only correctly
   * classified known images win.
   *
   * @param knownScores scores of known images
   * @param correct whether each of them was classified correctly
   * @param unknown scores of unknown images
   */
  public static double oscr(double[] knownScores, boolean[] correct, double[] unknown) {
    if (knownScores.length != correct.length) {
      throw new IllegalArgumentException(
          knownScores.length + " scores against " + correct.length + " flags");
    }
    double[] right = new double[knownScores.length];
    int count = 0;
    for (int i = 0; i < correct.length; i++) {
      if (correct[i]) {
        right[count++] = knownScores[i];
      }
    }
    sorted(knownScores);
    return count == 0 ? 0 : winsOver(Arrays.copyOf(right, count), unknown) / knownScores.length;
  }

  /**
   * Share of unknown images refused at the threshold that accepts nearest to 95 % of the known; the
   * lowest such threshold, as in the released evaluation code.
   */
  public static double tnrAtTpr95(double[] known, double[] unknown) {
    return RocCurve.of(sorted(known), sorted(unknown)).tnrAtTpr(0.95);
  }

  /** Best mean of accepted known and refused unknown share over all thresholds. */
  public static double detectionAccuracy(double[] known, double[] unknown) {
    return RocCurve.of(sorted(known), sorted(unknown)).detectionAccuracy();
  }

  /** Area under precision and recall with the known images as positives (trapezoids). */
  public static double auin(double[] known, double[] unknown) {
    return RocCurve.of(sorted(known), sorted(unknown)).areaIn();
  }

  /** Area under precision and recall with the unknown images as positives (trapezoids). */
  public static double auout(double[] known, double[] unknown) {
    return RocCurve.of(sorted(known), sorted(unknown)).areaOut();
  }

  /**
   * Correct classification rate at a false positive rate: the largest share of the known images
   * that are accepted and classified correctly at a threshold that accepts no larger share of the
   * unknown ones (Dhamija, Guenther, Boult, "Reducing Network Agnostophobia", NeurIPS 2018, section
   * 4). Equal scores are accepted together.
   *
   * @param knownScores scores of known images
   * @param correct whether each of them was classified correctly
   * @param unknown scores of unknown images
   * @param falsePositiveRate share of unknown images that may be accepted, 0..1
   */
  public static double ccrAtFpr(
      double[] knownScores, boolean[] correct, double[] unknown, double falsePositiveRate) {
    return RateCurve.oscr(knownScores, correct, unknown).rateAt(falsePositiveRate);
  }

  /** Sum over known of the share of unknown below it, ties half. */
  private static double winsOver(double[] known, double[] unknown) {
    double[] k = sorted(known);
    double[] u = sorted(unknown);
    long twice = 0;
    int below = 0;
    int upTo = 0;
    for (double score : k) {
      while (below < u.length && u[below] < score) {
        below++;
      }
      while (upTo < u.length && u[upTo] <= score) {
        upTo++;
      }
      twice += below + upTo;
    }
    return twice / (2.0 * u.length);
  }

  /** A sorted copy; refuses what has no order. */
  static double[] sorted(double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("no scores");
    }
    double[] ascending = scores.clone();
    // Adding 0.0 makes -0.0 and 0.0 one value; Arrays.sort would tell them apart.
    Arrays.setAll(ascending, i -> ascending[i] + 0.0);
    Arrays.sort(ascending);
    if (Double.isNaN(ascending[ascending.length - 1])) {
      throw new IllegalArgumentException("a score is NaN");
    }
    return ascending;
  }
}
