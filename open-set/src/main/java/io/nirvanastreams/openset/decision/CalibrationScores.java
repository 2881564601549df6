package io.nirvanastreams.openset.decision;

import java.util.Arrays;
import java.util.List;

/** Held-out known scores, ascending, per predicted class and all together. */
final class CalibrationScores {

  private final List<double[]> byClass;
  private final double[] all;

  CalibrationScores(List<double[]> unsorted) {
    byClass = unsorted.stream().map(CalibrationScores::ascending).toList();
    all = ascending(unsorted.stream().flatMapToDouble(Arrays::stream).toArray());
  }

  private static double[] ascending(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    // Arrays.sort puts NaN last.
    if (sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException("a calibration score is NaN");
    }
    return sorted;
  }

  int classes() {
    return byClass.size();
  }

  double[] ofClass(int index) {
    return byClass.get(index);
  }

  double[] all() {
    return all;
  }

  /** (1 + #{calibration score <= score}) / (n + 1); a NaN score counts as below everything. */
  static double pValue(double[] ascending, double score) {
    return (1.0 + atMost(ascending, score)) / (ascending.length + 1.0);
  }

  private static int atMost(double[] ascending, double score) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] <= score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
