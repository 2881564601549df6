package io.nirvanastreams.openset.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * The linear span of some vectors, as an orthonormal basis by modified Gram-Schmidt, each vector
 * orthogonalised twice ("twice is enough", Giraud, Langou, Rozloznik 2005). Immutable; safe from
 * any thread.
 */
public final class Span {
  /** Of a vector's length: what is left below this is rounding, not a direction. */
  private static final double DEPENDENT = 1e-5;

  private final List<double[]> basis;

  private Span(List<double[]> basis) {
    this.basis = basis;
  }

  /**
   * The span of vectors of one length; those that depend on others add nothing.
   *
   * @param vectors one a row
   */
  public static Span of(float[][] vectors) {
    List<double[]> basis = new ArrayList<>();
    for (float[] vector : vectors) {
      double[] rest = widened(vector);
      double length = norm(rest);
      remove(basis, rest);
      remove(basis, rest);
      double left = norm(rest);
      if (left > DEPENDENT * length) {
        for (int i = 0; i < rest.length; i++) {
          rest[i] /= left;
        }
        basis.add(rest);
      }
    }
    return new Span(List.copyOf(basis));
  }

  /** How many dimensions it has. */
  public int dimension() {
    return basis.size();
  }

  /** Euclidean length of the part of a vector that is orthogonal to the span. */
  public double distance(float[] vector) {
    double[] rest = widened(vector);
    remove(basis, rest);
    return norm(rest);
  }

  private static void remove(List<double[]> basis, double[] from) {
    for (double[] direction : basis) {
      double along = 0;
      for (int i = 0; i < from.length; i++) {
        along += direction[i] * from[i];
      }
      for (int i = 0; i < from.length; i++) {
        from[i] -= along * direction[i];
      }
    }
  }

  private static double[] widened(float[] vector) {
    double[] wide = new double[vector.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = vector[i];
    }
    return wide;
  }

  private static double norm(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
