package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.linear.Cholesky;
import io.nirvanastreams.openset.linear.Covariance;

/**
 * How images of one class differ among themselves, over all classes: coordinates in which they do
 * so alike in every direction. With L L' = W, the shrunk covariance within the classes, the
 * coordinates of x are L^-1 x. Stored is the lower triangle of L^-1, row by row.
 */
final class WithinClasses {
  /** Two megabytes of matrix: what a record can carry. */
  private static final int LONGEST = 1000;

  private final float[][] rows;
  private final double[][] means;
  private final Cholesky factor;

  private WithinClasses(float[][] rows, double[][] means, Cholesky factor) {
    this.rows = rows;
    this.means = means;
    this.factor = factor;
  }

  /**
   * Of training images: of their representations, or of their features where those are too long for
   * a matrix of their own.
   *
   * @param score for messages
   * @throws IllegalArgumentException without images, or when both are too long
   */
  static WithinClasses of(String score, KnownImages training) {
    if (training.size() == 0) {
      throw new IllegalArgumentException(score + " needs training images and there are none");
    }
    float[][] rows = rows(score, training);
    double[][] means = means(rows, training.labels(), training.classes());
    Covariance within = new Covariance(rows[0].length);
    double[] centred = new double[rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < centred.length; j++) {
        centred[j] = rows[i][j] - means[training.labels()[i]][j];
      }
      within.add(centred);
    }
    return new WithinClasses(rows, means, Cholesky.of(within.shrunk()));
  }

  /** Whether neither representations nor features are short enough. */
  static boolean tooLong(KnownImages training) {
    return training.size() > 0
        && Math.min(training.representations()[0].length, training.features()[0].length) > LONGEST;
  }

  private static float[][] rows(String score, KnownImages training) {
    int representation = training.representations()[0].length;
    int feature = training.features()[0].length;
    if (Math.min(representation, feature) > LONGEST) {
      throw new IllegalArgumentException(
          "%s takes %d values at most, the feature has %d; choose another score"
              .formatted(score, LONGEST, feature));
    }
    return representation > LONGEST ? training.features() : training.representations();
  }

  /** Null for a class without images. */
  private static double[][] means(float[][] rows, int[] labels, int classes) {
    double[][] means = new double[classes][];
    int[] counts = new int[classes];
    for (int i = 0; i < labels.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException("representations of different length");
      }
      if (means[labels[i]] == null) {
        means[labels[i]] = new double[rows[0].length];
      }
      counts[labels[i]]++;
      for (int j = 0; j < rows[i].length; j++) {
        means[labels[i]][j] += rows[i][j];
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int j = 0; means[c] != null && j < means[c].length; j++) {
        means[c][j] /= counts[c];
      }
    }
    return means;
  }

  /** The mean of each class; null for a class without images. */
  double[][] means() {
    return means;
  }

  /** What was measured of an image. */
  double[] row(int image) {
    double[] row = new double[rows[image].length];
    for (int j = 0; j < row.length; j++) {
      row[j] = rows[image][j];
    }
    return row;
  }

  /** L^-1 x. */
  double[] whitened(double[] row) {
    return factor.solveLower(row);
  }

  /** The lower triangle of L^-1: column j solves L x = e_j. */
  float[] whitening() {
    int dimension = factor.size();
    float[] triangle = new float[dimension * (dimension + 1) / 2];
    for (int j = 0; j < dimension; j++) {
      double[] unit = new double[dimension];
      unit[j] = 1;
      double[] column = factor.solveLower(unit);
      for (int i = j; i < dimension; i++) {
        triangle[i * (i + 1) / 2 + j] = (float) column[i];
      }
    }
    return triangle;
  }
}
