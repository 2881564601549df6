package io.nirvanastreams.openset.vector;

/**
 * Cosine arithmetic on float vectors, summed in double in index order.
 *
 * <p>Pure functions: the same input gives the same bits on every machine. A vector of length zero
 * has no direction; its cosine to everything is 0.
 */
public final class Cosine {

  private Cosine() {}

  /**
   * A copy scaled to Euclidean length 1. A vector of zeros stays zero.
   *
   * @throws IllegalArgumentException when a value is NaN or infinite
   */
  public static float[] normalised(float[] vector) {
    double norm = norm(vector);
    if (!Double.isFinite(norm)) {
      throw new IllegalArgumentException("the vector holds NaN or infinite values");
    }
    float[] unit = new float[vector.length];
    if (norm > 0) {
      for (int i = 0; i < unit.length; i++) {
        unit[i] = (float) (vector[i] / norm);
      }
    }
    return unit;
  }

  /** Inner product. */
  public static double dot(float[] a, float[] b) {
    requireSameLength(a, b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** Euclidean length. */
  public static double norm(float[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  /** Cosine of the angle between the two, in -1..1. */
  public static double similarity(float[] a, float[] b) {
    double product = norm(a) * norm(b);
    return product > 0 ? Math.max(-1, Math.min(1, dot(a, b) / product)) : 0;
  }

  /** 1 - cosine, in 0..2. */
  public static double distance(float[] a, float[] b) {
    return 1 - similarity(a, b);
  }

  private static void requireSameLength(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "vectors of different length: " + a.length + " and " + b.length);
    }
  }
}
