package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.openset.vector.Cosine;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds the members of a group that do not belong: a person names a whole group by a few of its
 * images, and a group is rarely pure. Stateless.
 *
 * <p>Only members clearly farther from the mean than the group is wide are dropped (median plus
 * three robust standard deviations). Always dropping the farthest tenth would rob a clean group of
 * its rarer looks and make its calibration too strict.
 */
final class GroupTrim {
  private static final int SMALLEST = 10;
  private static final double WIDTHS = 3;
  private static final double DEVIATION_OF_NORMAL = 1.4826; // median deviation to standard one

  private GroupTrim() {}

  /**
   * Positions of the members to keep, ascending. Groups too small to tell are kept whole.
   *
   * @param representations one row a member
   * @param maximumShare at most this share is dropped, the farthest first
   */
  static int[] keep(float[][] representations, double maximumShare) {
    int count = representations.length;
    if (count < SMALLEST) {
      return IntStream.range(0, count).toArray();
    }
    float[] mean = mean(representations);
    double[] distances =
        Arrays.stream(representations).mapToDouble(row -> Cosine.distance(row, mean)).toArray();
    double median = median(distances);
    double width =
        DEVIATION_OF_NORMAL
            * median(Arrays.stream(distances).map(d -> Math.abs(d - median)).toArray());
    boolean[] dropped = new boolean[count];
    IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -distances[i]))
        .limit((long) (count * maximumShare))
        .filter(i -> distances[i] > median + WIDTHS * width)
        .forEach(i -> dropped[i] = true);
    return IntStream.range(0, count).filter(i -> !dropped[i]).toArray();
  }

  private static float[] mean(float[][] rows) {
    float[] mean = new float[rows[0].length];
    for (float[] row : rows) {
      float[] unit = Cosine.normalised(row);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += unit[i] / rows.length;
      }
    }
    return mean;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
