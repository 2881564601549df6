package io.nirvanastreams.openset.grouping;

import io.nirvanastreams.openset.linear.Cholesky;
import io.nirvanastreams.openset.score.ReferenceSet;
import io.nirvanastreams.openset.vector.Cosine;

/**
 * Turns representations into the embeddings that unknowns are grouped by: of length 1, centred on
 * the known images, and stretched so that the directions in which images of one known class differ
 * among themselves count little.
 *
 * <p>What varies within the known classes (a fold, a print, a shade) says nothing about which
 * unknowns belong together. With S the covariance of the references around the mean of their class,
 * and L L' = S + ridge, an embedding is L^-1 (x - mean); cosines between embeddings are those of
 * any other whitening by S, since whitenings differ by a rotation. Immutable; safe from any thread.
 */
public final class Whitening {
  /**
   * Share of the mean variance that is added to every direction, so that no direction without
   * variance dominates.
   */
  private static final double RIDGE = 0.1;

  private final double[] mean;
  private final Cholesky factor;

  private Whitening(double[] mean, Cholesky factor) {
    this.mean = mean;
    this.factor = factor;
  }

  /**
   * Fits to the stored references of the known classes.
   *
   * @throws IllegalArgumentException when there is no reference
   */
  public static Whitening fit(ReferenceSet references) {
    if (references.size() == 0) {
      throw new IllegalArgumentException("a whitening needs stored references and there are none");
    }
    int dimension =
        references.byClass().stream()
            .filter(rows -> rows.length > 0)
            .findFirst()
            .orElseThrow()[0]
            .length;
    double[] mean = new double[dimension];
    double[][] covariance = new double[dimension][dimension];
    for (float[][] rows : references.byClass()) {
      double[] classMean = meanOf(rows, dimension);
      for (float[] row : rows) {
        for (int i = 0; i < dimension; i++) {
          mean[i] += row[i] / (double) references.size();
          for (int j = 0; j <= i; j++) {
            covariance[i][j] +=
                (row[i] - classMean[i]) * (row[j] - classMean[j]) / references.size();
          }
        }
      }
    }
    double trace = 0;
    for (int i = 0; i < dimension; i++) {
      trace += covariance[i][i];
    }
    // References that are all alike have no variance at all; any positive ridge then leaves the
    // directions as they are.
    double ridge = trace > 0 ? RIDGE * trace / dimension : 1;
    for (int i = 0; i < dimension; i++) {
      covariance[i][i] += ridge;
    }
    return new Whitening(mean, Cholesky.of(covariance));
  }

  private static double[] meanOf(float[][] rows, int dimension) {
    double[] mean = new double[dimension];
    for (float[] row : rows) {
      for (int i = 0; i < dimension; i++) {
        mean[i] += row[i] / (double) rows.length;
      }
    }
    return mean;
  }

  /**
   * The embedding of a representation.
   *
   * @param representation as the network gave it, of any length
   * @return as many values, of Euclidean length 1
   * @throws IllegalArgumentException when it has another dimension than the references
   */
  public float[] embed(float[] representation) {
    if (representation.length != mean.length) {
      throw new IllegalArgumentException(
          "representation of " + representation.length + " values, references of " + mean.length);
    }
    float[] unit = Cosine.normalised(representation);
    double[] centred = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      centred[i] = unit[i] - mean[i];
    }
    double[] solved = factor.solveLower(centred);
    float[] embedding = new float[mean.length];
    for (int i = 0; i < mean.length; i++) {
      embedding[i] = (float) solved[i];
    }
    return Cosine.normalised(embedding);
  }
}
