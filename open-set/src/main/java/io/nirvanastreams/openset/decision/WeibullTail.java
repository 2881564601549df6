package io.nirvanastreams.openset.decision;

import java.util.Arrays;

/**
 * The upper tail of the distances of known images, a distance being minus the score: where it
 * begins, what share of the images lies in it, and how it falls.
 *
 * @param start distance beyond which the tail is taken
 * @param share of the images beyond it
 * @param excess distribution of the distance beyond the start
 */
record WeibullTail(double start, double share, Weibull excess) {
  /** Floats that it is stored as. */
  static final int STORED = 4;

  /** Ties with the start lie a little beyond it, as a Weibull value must. */
  private static final double TIED = 1e-6;

  /**
   * Fits to the largest distances.
   *
   * @param scores more than {@code size}, in any order
   */
  static WeibullTail fit(double[] scores, int size) {
    double[] ascending = scores.clone();
    Arrays.sort(ascending);
    // Rounded as it is stored, so that what is fitted is what will be used.
    double start = (float) -ascending[size];
    double[] excess = new double[size];
    double mean = 0;
    for (int i = 0; i < size; i++) {
      excess[i] = Math.max(0, -ascending[i] - start);
      mean += excess[i] / size;
    }
    double share = (float) ((double) size / scores.length);
    if (mean == 0) {
      return new WeibullTail(start, share, new Weibull(1, 0));
    }
    for (int i = 0; i < size; i++) {
      excess[i] = Math.max(excess[i], TIED * mean);
    }
    Weibull fitted = Weibull.fit(excess);
    return new WeibullTail(
        start, share, new Weibull((float) fitted.shape(), (float) fitted.scale()));
  }

  /** P(distance > that of the score), for a score in the tail; the share of the tail elsewhere. */
  double survival(double score) {
    return share * excess.survival(-score - start);
  }

  boolean holds(double score) {
    return -score > start;
  }

  void store(float[] into, int row) {
    into[row * STORED] = (float) start;
    into[row * STORED + 1] = (float) share;
    into[row * STORED + 2] = (float) excess.shape();
    into[row * STORED + 3] = (float) excess.scale();
  }

  /** The stored tail, or null where none could be fitted. */
  static WeibullTail stored(float[] from, int row) {
    float start = from[row * STORED];
    return Float.isNaN(start)
        ? null
        : new WeibullTail(
            start,
            from[row * STORED + 1],
            new Weibull(from[row * STORED + 2], from[row * STORED + 3]));
  }
}
