package io.nirvanastreams.openset.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The open-set classification rate as most published code computes it, off by about an image at
 * each threshold; only to hold the exact measure against it.
 */
final class UsualOscr {
  private UsualOscr() {}

  static double of(double[] known, boolean[] correct, double[] unknown) {
    int count = known.length + unknown.length;
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    i -> i < known.length ? known[i] : unknown[i - known.length]))
            .mapToInt(Integer::intValue)
            .toArray();
    // From the strictest threshold to the laxest, each point (false positives, correct).
    double[][] points = new double[count + 2][2];
    points[count + 1] = new double[] {1, 1};
    int right = 0;
    int alarms = order[count - 1] >= known.length ? 1 : 0;
    for (int k = count - 2; k >= 0; k--) {
      right += isRight(order[k + 1], known, correct) ? 1 : 0;
      alarms += order[k] >= known.length ? 1 : 0;
      points[k] = new double[] {(double) alarms / unknown.length, (double) right / known.length};
    }
    Arrays.sort(
        points,
        Comparator.<double[]>comparingDouble(point -> point[0])
            .thenComparingDouble(point -> point[1]));
    double area = 0;
    for (int j = 1; j < points.length; j++) {
      area += (points[j][0] - points[j - 1][0]) * (points[j][1] + points[j - 1][1]) / 2;
    }
    return area;
  }

  private static boolean isRight(int image, double[] known, boolean[] correct) {
    return image < known.length && correct[image];
  }
}
