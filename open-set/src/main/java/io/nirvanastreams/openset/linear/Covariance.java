package io.nirvanastreams.openset.linear;

/**
 * Covariance of vectors around a mean of zero, shrunk towards a multiple of the identity by the
 * amount that Ledoit and Wolf derive from the data ("A well-conditioned estimator for
 * large-dimensional covariance matrices", Journal of Multivariate Analysis 88, 2004, section 3.3),
 * so that it can be inverted however few the vectors are. Not safe for use by several threads at
 * once.
 */
public final class Covariance {
  /** Of the mean variance. */
  private static final double LEAST = 1e-6;

  private final double[][] sum;
  private double fourth;
  private long count;

  /**
   * Of nothing yet.
   *
   * @param dimension of the vectors
   */
  public Covariance(int dimension) {
    sum = new double[dimension][];
    for (int i = 0; i < dimension; i++) {
      sum[i] = new double[i + 1];
    }
  }

  /** Adds a vector, already centred. */
  public void add(double[] centred) {
    double square = 0;
    for (int i = 0; i < sum.length; i++) {
      double factor = centred[i];
      double[] row = sum[i];
      for (int j = 0; j < row.length; j++) {
        row[j] += factor * centred[j];
      }
      square += factor * factor;
    }
    fourth += square * square;
    count++;
  }

  /** How many vectors were added. */
  public long count() {
    return count;
  }

  /**
   * Share of the identity's multiple in the estimate, 0..1: 0 for endless data, 1 when all that
   * differs from a sphere is explained by chance.
   */
  public double shrinkage() {
    double squares = squares();
    double spread = squares - trace() * trace() / sum.length;
    double noise = (fourth / count - squares) / count;
    return spread > 0 ? Math.max(0, Math.min(1, noise / spread)) : 1;
  }

  /**
   * The shrunk estimate, its lower half; the identity where no vector varies, since no direction
   * then counts more than another.
   *
   * @throws IllegalStateException when no vector was added
   */
  public double[][] shrunk() {
    if (count == 0) {
      throw new IllegalStateException("no vector to take the covariance of");
    }
    double trace = trace();
    double share = trace > 0 ? shrinkage() : 1;
    double sphere = trace > 0 ? trace / sum.length : 1;
    double[][] estimate = new double[sum.length][];
    for (int i = 0; i < sum.length; i++) {
      estimate[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        estimate[i][j] = (1 - share) * sum[i][j] / count;
      }
      // Directions without any variance keep a little, or the matrix could not be inverted.
      estimate[i][i] += Math.max(share, LEAST) * sphere;
    }
    return estimate;
  }

  private double trace() {
    double trace = 0;
    for (int i = 0; i < sum.length; i++) {
      trace += sum[i][i] / count;
    }
    return trace;
  }

  /** Squared Frobenius norm of the whole matrix. */
  private double squares() {
    double squares = 0;
    for (int i = 0; i < sum.length; i++) {
      for (int j = 0; j <= i; j++) {
        double value = sum[i][j] / count;
        squares += (i == j ? 1 : 2) * value * value;
      }
    }
    return squares;
  }
}
