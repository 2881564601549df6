package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.linear.Cholesky;
import io.nirvanastreams.openset.linear.Covariance;
import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.Map;

/**
 * Fits the Mahalanobis score to training images. Stateless.
 *
 * <p>With L L' = W, the covariance within the classes, the distance is |L^-1 x - L^-1 m_c|. Stored
 * are the lower triangle of L^-1, row by row, and the whitened means of the classes that have
 * images.
 */
final class Mahalanobis {
  static final String WHITENING = MahalanobisScore.NAME + ".whitening";
  static final String MEANS = MahalanobisScore.NAME + ".means";

  /** Two megabytes of whitening matrix: what a record can carry. */
  private static final int LONGEST = 1000;

  private Mahalanobis() {}

  static FittedParameters fit(KnownImages training) {
    if (training.size() == 0) {
      throw new IllegalArgumentException(
          MahalanobisScore.NAME + " needs training images and there are none");
    }
    float[][] rows = rows(training);
    int dimension = rows[0].length;
    double[][] means = means(rows, training, dimension);
    Covariance within = new Covariance(dimension);
    double[] centred = new double[dimension];
    for (int i = 0; i < training.size(); i++) {
      for (int j = 0; j < dimension; j++) {
        centred[j] = rows[i][j] - means[training.labels()[i]][j];
      }
      within.add(centred);
    }
    Cholesky factor = Cholesky.of(within.shrunk());
    return new FittedParameters(
        Map.of(WHITENING, inverse(factor), MEANS, whitened(factor, means, dimension)));
  }

  /** The representations; the features where those are too long for a matrix of their own. */
  private static float[][] rows(KnownImages training) {
    int representation = training.representations()[0].length;
    int feature = training.features()[0].length;
    if (Math.min(representation, feature) > LONGEST) {
      throw new IllegalArgumentException(
          "%s takes %d values at most, the feature has %d; choose another score"
              .formatted(MahalanobisScore.NAME, LONGEST, feature));
    }
    return representation > LONGEST ? training.features() : training.representations();
  }

  /** Null for a class without images. */
  private static double[][] means(float[][] rows, KnownImages training, int dimension) {
    double[][] means = new double[training.classes()][];
    int[] counts = new int[training.classes()];
    for (int i = 0; i < training.size(); i++) {
      int label = training.labels()[i];
      if (rows[i].length != dimension) {
        throw new IllegalArgumentException("representations of different length");
      }
      if (means[label] == null) {
        means[label] = new double[dimension];
      }
      counts[label]++;
      for (int j = 0; j < dimension; j++) {
        means[label][j] += rows[i][j];
      }
    }
    for (int c = 0; c < means.length; c++) {
      for (int j = 0; j < dimension && means[c] != null; j++) {
        means[c][j] /= counts[c];
      }
    }
    return means;
  }

  /** The lower triangle of L^-1: column j solves L x = e_j. */
  private static float[] inverse(Cholesky factor) {
    int dimension = factor.size();
    float[] rows = new float[dimension * (dimension + 1) / 2];
    for (int j = 0; j < dimension; j++) {
      double[] unit = new double[dimension];
      unit[j] = 1;
      double[] column = factor.solveLower(unit);
      for (int i = j; i < dimension; i++) {
        rows[i * (i + 1) / 2 + j] = (float) column[i];
      }
    }
    return rows;
  }

  private static float[] whitened(Cholesky factor, double[][] means, int dimension) {
    int classes = 0;
    for (double[] mean : means) {
      classes += mean == null ? 0 : 1;
    }
    float[] rows = new float[classes * dimension];
    int at = 0;
    for (double[] mean : means) {
      if (mean != null) {
        for (double value : factor.solveLower(mean)) {
          rows[at++] = (float) value;
        }
      }
    }
    return rows;
  }
}
