package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.Arrays;
import java.util.Map;

/**
 * Minus the squared Mahalanobis distance of the representation to the nearest mean of a class, with
 * one covariance shared by the classes: min_c (x - m_c)' W^-1 (x - m_c).
 *
 * <p>Lee, Lee, Lee, Shin, "A Simple Unified Framework for Detecting Out-of-Distribution Samples and
 * Adversarial Attacks", NeurIPS 2018, section 2.1. Training leaves the images of a class spread
 * widely in a few directions and hardly in the others; the plain distance to the vertex counts both
 * alike, this one counts a step where no known image goes for more. Unlike the relative form it
 * keeps what lies outside the span of the classes, which is where most unknown clothes differ.
 */
final class MahalanobisScore implements Score {
  static final String NAME = "mahalanobis";
  static final String WHITENING = NAME + ".whitening";
  static final String MEANS = NAME + ".means";

  private final WhitenedRows means;

  /**
   * From what {@link #fit} gave.
   *
   * @throws IllegalArgumentException when it is missing or does not fit together
   */
  MahalanobisScore(FittedParameters fitted) {
    means = new WhitenedRows(NAME, fitted.get(WHITENING), fitted.get(MEANS));
  }

  /** The whitening, and the whitened means of the classes that have images. */
  static FittedParameters fit(KnownImages training) {
    WithinClasses within = WithinClasses.of(NAME, training);
    double[][] whitened =
        Arrays.stream(within.means())
            .filter(mean -> mean != null)
            .map(within::whitened)
            .toArray(double[][]::new);
    return new FittedParameters(
        Map.of(WHITENING, within.whitening(), MEANS, FittedParameters.flat(whitened)));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Evidence evidence) {
    return -Arrays.stream(means.squaredDistances(evidence)).min().orElseThrow();
  }
}
