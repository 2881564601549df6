package io.nirvanastreams.openset.score;

import java.util.stream.IntStream;

/**
 * What the network says about one image, measured against the class centres.
 *
 * <p>Immutable by convention: the arrays are not copied and must not be written to.
 *
 * @param feature the D outputs that training pulls to the centres
 * @param representation what nearest neighbours and grouping compare, usually the layer before the
 *     feature; the feature itself for networks without such a layer
 * @param squaredDistances squared Euclidean distance of the feature to each centre, in class order
 * @param cosines cosine of the feature to each centre, in class order
 */
@SuppressWarnings("ArrayRecordComponent")
public record Evidence(
    float[] feature, float[] representation, double[] squaredDistances, double[] cosines) {

  /**
   * Measures a feature against the centres, in double.
   *
   * @param centres one row a class, each as long as the feature; at least one
   * @throws IllegalArgumentException when lengths differ, there is no centre, or the feature holds
   *     NaN or infinite values
   */
  public static Evidence of(float[] feature, float[] representation, float[][] centres) {
    if (centres.length == 0) {
      throw new IllegalArgumentException("no centres to compare with");
    }
    double[] squared = new double[centres.length];
    double[] cosines = new double[centres.length];
    double length = 0;
    for (float value : feature) {
      length += (double) value * value;
    }
    if (!Double.isFinite(length)) {
      throw new IllegalArgumentException("the feature holds NaN or infinite values");
    }
    for (int c = 0; c < centres.length; c++) {
      measure(feature, length, centres[c], c, squared, cosines);
    }
    return new Evidence(feature, representation, squared, cosines);
  }

  private static void measure(
      float[] feature, double length, float[] centre, int c, double[] squared, double[] cosines) {
    if (centre.length != feature.length) {
      throw new IllegalArgumentException(
          "feature of " + feature.length + " values against a centre of " + centre.length);
    }
    double distance = 0;
    double dot = 0;
    double centreLength = 0;
    for (int i = 0; i < centre.length; i++) {
      double difference = (double) feature[i] - centre[i];
      distance += difference * difference;
      dot += (double) feature[i] * centre[i];
      centreLength += (double) centre[i] * centre[i];
    }
    double product = Math.sqrt(length * centreLength);
    squared[c] = distance;
    cosines[c] = product > 0 ? dot / product : 0;
  }

  /**
   * Index of the nearest centre, the predicted class; the lower index when two are equally near.
   */
  public int nearest() {
    int best = 0;
    for (int c = 1; c < squaredDistances.length; c++) {
      if (squaredDistances[c] < squaredDistances[best]) {
        best = c;
      }
    }
    return best;
  }

  /** Indices of the nearest centres, nearest first; fewer when there are fewer classes. */
  public int[] nearest(int count) {
    return IntStream.range(0, squaredDistances.length)
        .boxed()
        .sorted((a, b) -> Double.compare(squaredDistances[a], squaredDistances[b]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
