package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.vector.Cosine;
import java.util.Arrays;
import java.util.Map;

/**
 * Mean cosine to the k nearest stored training representations, over all classes.
 *
 * <p>Over all classes, because an unknown class is far from every known image, while a known image
 * near a border may have its neighbours on the other side of it. Parameter {@code k}, default 5;
 * fewer references than k means all of them.
 */
final class NearestNeighbourScore implements Score {

  static final String NAME = "nearest-neighbour";
  static final String K = "k";
  private static final double DEFAULT_K = 5;
  private static final int BLOCK = 1024;

  private final int k;
  private final int count;
  private final int dimension;

  /**
   * Coordinate by coordinate, not reference by reference: the inner loop over references then has
   * no dependency from step to step and the compiler turns it into vector instructions, with the
   * same sums in the same order as a plain loop.
   */
  private final float[] columns;

  private NearestNeighbourScore(int k, int count, int dimension, float[] columns) {
    this.k = Math.min(k, count);
    this.count = count;
    this.dimension = dimension;
    this.columns = columns;
  }

  static NearestNeighbourScore of(ReferenceSet references, Map<String, Double> parameters) {
    double k = parameters.getOrDefault(K, DEFAULT_K);
    if (k < 1 || k != Math.rint(k)) {
      throw new IllegalArgumentException("parameter k must be a whole number from 1, was " + k);
    }
    int count = references.size();
    if (count == 0) {
      throw new IllegalArgumentException(NAME + " needs stored references and there are none");
    }
    float[][] rows = references.byClass().stream().flatMap(Arrays::stream).toArray(float[][]::new);
    int dimension = rows[0].length;
    float[] columns = new float[Math.multiplyExact(count, dimension)];
    for (int r = 0; r < count; r++) {
      if (rows[r].length != dimension) {
        throw new IllegalArgumentException("references of different length");
      }
      float[] unit = Cosine.normalised(rows[r]);
      for (int i = 0; i < dimension; i++) {
        columns[i * count + r] = unit[i];
      }
    }
    return new NearestNeighbourScore((int) k, count, dimension, columns);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Evidence evidence) {
    float[] query = Cosine.normalised(evidence.representation());
    if (query.length != dimension) {
      throw new IllegalArgumentException(
          "representation of " + query.length + " values, references of " + dimension);
    }
    float[] best = new float[k];
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    float[] cosines = new float[Math.min(BLOCK, count)];
    for (int start = 0; start < count; start += BLOCK) {
      int size = Math.min(BLOCK, count - start);
      Arrays.fill(cosines, 0);
      int i = 0;
      for (; i + 4 <= dimension; i += 4) {
        accumulateFour(cosines, size, i * count + start, query, i);
      }
      for (; i < dimension; i++) {
        accumulate(cosines, size, i * count + start, query[i]);
      }
      keepLargest(best, cosines, size);
    }
    double sum = 0;
    for (float cosine : best) {
      sum += cosine;
    }
    return sum / k;
  }

  /** Four coordinates at once: the running sums are then read and written a quarter as often. */
  private void accumulateFour(float[] cosines, int size, int offset, float[] query, int i) {
    float a = query[i];
    float b = query[i + 1];
    float c = query[i + 2];
    float d = query[i + 3];
    int second = offset + count;
    int third = second + count;
    int fourth = third + count;
    for (int r = 0; r < size; r++) {
      cosines[r] +=
          a * columns[offset + r]
              + b * columns[second + r]
              + c * columns[third + r]
              + d * columns[fourth + r];
    }
  }

  private void accumulate(float[] cosines, int size, int offset, float factor) {
    for (int r = 0; r < size; r++) {
      cosines[r] += factor * columns[offset + r];
    }
  }

  /** Keeps {@code best} in descending order; k is small, so insertion is the fastest way. */
  private static void keepLargest(float[] best, float[] candidates, int size) {
    int last = best.length - 1;
    for (int r = 0; r < size; r++) {
      float value = candidates[r];
      if (value > best[last]) {
        int at = last;
        while (at > 0 && best[at - 1] < value) {
          best[at] = best[at - 1];
          at--;
        }
        best[at] = value;
      }
    }
  }
}
