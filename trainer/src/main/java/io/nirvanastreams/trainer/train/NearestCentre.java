package io.nirvanastreams.trainer.train;

/** Counts features that are nearest to the centre of their class. Stateless. */
final class NearestCentre {
  private NearestCentre() {}

  /**
   * How many rows are nearest to the centre of their label. The centres all have one length, so the
   * nearest is the one with the largest inner product.
   *
   * @param features (N, D), row after row
   * @param centres (C, D), row after row
   */
  static int right(float[] features, int[] labels, float[] centres) {
    int dimension = labels.length == 0 ? 1 : features.length / labels.length;
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      int best = 0;
      double bestProduct = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < centres.length / dimension; c++) {
        double product = 0;
        for (int j = 0; j < dimension; j++) {
          product += (double) features[i * dimension + j] * centres[c * dimension + j];
        }
        if (product > bestProduct) {
          best = c;
          bestProduct = product;
        }
      }
      right += best == labels[i] ? 1 : 0;
    }
    return right;
  }
}
