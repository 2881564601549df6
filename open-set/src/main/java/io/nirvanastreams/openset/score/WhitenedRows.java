package io.nirvanastreams.openset.score;

/**
 * Stored points in the coordinates of {@link WithinClasses}, and the way of an image into these
 * coordinates. Immutable.
 */
final class WhitenedRows {
  private final float[] whitening;
  private final float[] rows;
  private final int dimension;

  /**
   * From what was fitted.
   *
   * @param score for messages
   * @param whitening the lower triangle of a square matrix, row by row
   * @param rows the points, one after the other
   * @throws IllegalArgumentException when the two do not fit together
   */
  WhitenedRows(String score, float[] whitening, float[] rows) {
    this.whitening = whitening;
    this.rows = rows;
    dimension = (int) Math.round((Math.sqrt(8.0 * whitening.length + 1) - 1) / 2);
    if (dimension == 0
        || whitening.length != dimension * (dimension + 1) / 2
        || rows.length == 0
        || rows.length % dimension != 0) {
      throw new IllegalArgumentException(
          "the fitted parameters of %s do not fit together: %d and %d values"
              .formatted(score, whitening.length, rows.length));
    }
  }

  /**
   * The squared distances of an image to every point.
   *
   * @throws IllegalArgumentException when the image is not of the length that was fitted
   */
  double[] squaredDistances(Evidence evidence) {
    double[] white = whitened(row(evidence));
    double[] distances = new double[rows.length / dimension];
    for (int p = 0; p < distances.length; p++) {
      double distance = 0;
      for (int i = 0; i < dimension; i++) {
        double difference = white[i] - rows[p * dimension + i];
        distance += difference * difference;
      }
      distances[p] = distance;
    }
    return distances;
  }

  private float[] row(Evidence evidence) {
    float[] representation = evidence.representation();
    float[] row = representation.length == dimension ? representation : evidence.feature();
    if (row.length != dimension) {
      throw new IllegalArgumentException(
          "representation of %d values and feature of %d, fitted to %d"
              .formatted(representation.length, row.length, dimension));
    }
    return row;
  }

  private double[] whitened(float[] row) {
    double[] white = new double[dimension];
    int at = 0;
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        white[i] += (double) whitening[at++] * row[j];
      }
    }
    return white;
  }
}
