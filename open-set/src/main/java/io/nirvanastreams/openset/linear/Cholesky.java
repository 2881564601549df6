package io.nirvanastreams.openset.linear;

/**
 * The factor L of a symmetric positive definite matrix A = L L', lower triangular, by the
 * Cholesky-Banachiewicz scheme row by row. O(n^3 / 3). Immutable; safe from any thread.
 */
public final class Cholesky {
  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /**
   * Factorises.
   *
   * @param matrix n rows, of which the lower half is read; it is not changed
   * @throws IllegalArgumentException when the matrix is not positive definite in double precision
   */
  public static Cholesky of(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][];
    for (int i = 0; i < n; i++) {
      lower[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i > j) {
          lower[i][j] = sum / lower[j][j];
        } else if (sum > 0 && Double.isFinite(sum)) {
          lower[i][i] = Math.sqrt(sum);
        } else {
          throw new IllegalArgumentException(
              "the matrix is not positive definite: pivot " + i + " is " + sum);
        }
      }
    }
    return new Cholesky(lower);
  }

  /** n, the number of rows. */
  public int size() {
    return lower.length;
  }

  /** L^-1 b: whitens a vector whose covariance is A. */
  public double[] solveLower(double[] b) {
    double[] solved = new double[lower.length];
    for (int i = 0; i < solved.length; i++) {
      double value = b[i];
      for (int k = 0; k < i; k++) {
        value -= lower[i][k] * solved[k];
      }
      solved[i] = value / lower[i][i];
    }
    return solved;
  }

  /** L'^-1 b. */
  public double[] solveUpper(double[] b) {
    double[] solved = b.clone();
    for (int i = solved.length - 1; i >= 0; i--) {
      solved[i] /= lower[i][i];
      for (int k = 0; k < i; k++) {
        solved[k] -= lower[i][k] * solved[i];
      }
    }
    return solved;
  }

  /** A^-1 b. */
  public double[] solve(double[] b) {
    return solveUpper(solveLower(b));
  }

  /** A^-1, whole and symmetric up to rounding. */
  public double[][] inverse() {
    double[][] columns = new double[lower.length][];
    for (int i = 0; i < columns.length; i++) {
      double[] unit = new double[columns.length];
      unit[i] = 1;
      columns[i] = solve(unit);
    }
    return columns;
  }
}
