package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.parameter.FittedParameters;

/**
 * Minus the squared Mahalanobis distance of the feature to the nearest mean of a class, with one
 * covariance shared by the classes: min_c (f - m_c)' W^-1 (f - m_c).
 *
 * <p>Lee, Lee, Lee, Shin, "A Simple Unified Framework for Detecting Out-of-Distribution Samples and
 * Adversarial Attacks", NeurIPS 2018, section 2.1. Training leaves the features of a class spread
 * widely in a few directions and hardly in the others; the plain distance to the vertex counts both
 * alike, this one counts a step where no known image goes for more. Unlike the relative form it
 * keeps what lies outside the span of the classes, which is where most unknown clothes differ.
 *
 * <p>See {@link Mahalanobis} for what is stored.
 */
final class MahalanobisScore implements Score {
  static final String NAME = "mahalanobis";

  private final float[] whitening;
  private final float[] means;
  private final int dimension;

  /**
   * From what {@link Mahalanobis#fit} gave.
   *
   * @throws IllegalArgumentException when it is missing or does not fit together
   */
  MahalanobisScore(FittedParameters fitted) {
    whitening = fitted.get(Mahalanobis.WHITENING);
    means = fitted.get(Mahalanobis.MEANS);
    dimension = (int) Math.round((Math.sqrt(8.0 * whitening.length + 1) - 1) / 2);
    if (dimension == 0
        || whitening.length != dimension * (dimension + 1) / 2
        || means.length == 0
        || means.length % dimension != 0) {
      throw new IllegalArgumentException(
          "the fitted parameters of %s do not fit together: %d and %d values"
              .formatted(NAME, whitening.length, means.length));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Evidence evidence) {
    float[] feature = evidence.feature();
    if (feature.length != dimension) {
      throw new IllegalArgumentException(
          "feature of " + feature.length + " values, fitted to " + dimension);
    }
    double[] white = new double[dimension];
    int at = 0;
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        white[i] += (double) whitening[at++] * feature[j];
      }
    }
    double least = Double.POSITIVE_INFINITY;
    for (int start = 0; start < means.length; start += dimension) {
      double distance = 0;
      for (int i = 0; i < dimension; i++) {
        double difference = white[i] - means[start + i];
        distance += difference * difference;
      }
      least = Math.min(least, distance);
    }
    return -least;
  }
}
