package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.linear.Cholesky;
import io.nirvanastreams.openset.linear.Covariance;
import io.nirvanastreams.openset.parameter.FittedParameters;
import io.nirvanastreams.openset.vector.Cosine;
import java.util.Map;

/**
 * Fits the relative Mahalanobis score to training images. Stateless.
 *
 * <p>With a covariance W within the classes, shared by all, and the covariance W + B of all images,
 * the score compares M_c(x) = (x - m_c)' W^-1 (x - m_c) with M_0(x) = (x - m)' (W + B)^-1 (x - m).
 * In coordinates z = L^-1 (x - m), L L' = W, the columns of U being those of the class means times
 * the square root of the class's share, Woodbury's identity gives M_0 = z'z - (U'z)' (I + U'U)^-1
 * (U'z), so that z'z drops out of M_c - M_0 and only the C inner products of z with the class means
 * are left. C vectors are stored in the place of two D x D matrices, without an approximation.
 */
final class RelativeMahalanobis {
  static final String MEAN = RelativeMahalanobisScore.NAME + ".mean";
  static final String DIRECTIONS = RelativeMahalanobisScore.NAME + ".directions";
  static final String OFFSETS = RelativeMahalanobisScore.NAME + ".offsets";
  static final String BACKGROUND = RelativeMahalanobisScore.NAME + ".background";

  private final int dimension;
  private final double[] mean;
  private final double[][] classMeans;
  private final double[] shares;

  private RelativeMahalanobis(int dimension, int classes) {
    this.dimension = dimension;
    mean = new double[dimension];
    classMeans = new double[classes][dimension];
    shares = new double[classes];
  }

  static FittedParameters fit(KnownImages training) {
    if (training.size() == 0) {
      throw new IllegalArgumentException(
          RelativeMahalanobisScore.NAME + " needs training images and there are none");
    }
    float[][] rows = new float[training.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Cosine.normalised(training.representations()[i]);
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException("representations of different length");
      }
    }
    RelativeMahalanobis fit = new RelativeMahalanobis(rows[0].length, training.classes());
    fit.means(rows, training.labels());
    return fit.parameters(Cholesky.of(fit.within(rows, training.labels()).shrunk()));
  }

  private void means(float[][] rows, int[] labels) {
    for (int i = 0; i < rows.length; i++) {
      shares[labels[i]] += 1.0 / rows.length;
      for (int j = 0; j < dimension; j++) {
        classMeans[labels[i]][j] += rows[i][j];
      }
    }
    for (int c = 0; c < shares.length; c++) {
      for (int j = 0; j < dimension; j++) {
        mean[j] += classMeans[c][j] / rows.length;
        classMeans[c][j] = shares[c] > 0 ? classMeans[c][j] / (shares[c] * rows.length) : 0;
      }
    }
  }

  private Covariance within(float[][] rows, int[] labels) {
    Covariance covariance = new Covariance(dimension);
    double[] centred = new double[dimension];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < dimension; j++) {
        centred[j] = rows[i][j] - classMeans[labels[i]][j];
      }
      covariance.add(centred);
    }
    return covariance;
  }

  private FittedParameters parameters(Cholesky within) {
    int classes = shares.length;
    double[][] whitened = new double[classes][];
    float[] directions = new float[classes * dimension];
    float[] offsets = new float[classes];
    for (int c = 0; c < classes; c++) {
      double[] centred = new double[dimension];
      for (int j = 0; j < dimension && shares[c] > 0; j++) {
        centred[j] = classMeans[c][j] - mean[j];
      }
      whitened[c] = within.solveLower(centred);
      double[] direction = within.solveUpper(whitened[c]);
      for (int j = 0; j < dimension; j++) {
        directions[c * dimension + j] = (float) direction[j];
      }
      // A class without training images attracts nothing.
      offsets[c] = shares[c] > 0 ? (float) dot(whitened[c], whitened[c]) : Float.POSITIVE_INFINITY;
    }
    float[] narrow = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      narrow[j] = (float) mean[j];
    }
    return new FittedParameters(
        Map.of(
            MEAN, narrow,
            DIRECTIONS, directions,
            OFFSETS, offsets,
            BACKGROUND, background(whitened)));
  }

  /** The lower half of S^1/2 (I + U'U)^-1 S^1/2 with the shares S on its diagonal, row by row. */
  private float[] background(double[][] whitened) {
    int classes = whitened.length;
    double[][] gram = new double[classes][classes];
    for (int c = 0; c < classes; c++) {
      for (int d = 0; d < classes; d++) {
        gram[c][d] = Math.sqrt(shares[c] * shares[d]) * dot(whitened[c], whitened[d]);
      }
      gram[c][c] += 1;
    }
    double[][] inverse = Cholesky.of(gram).inverse();
    float[] packed = new float[classes * (classes + 1) / 2];
    int at = 0;
    for (int c = 0; c < classes; c++) {
      for (int d = 0; d <= c; d++) {
        packed[at++] = (float) (Math.sqrt(shares[c] * shares[d]) * inverse[c][d]);
      }
    }
    return packed;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
