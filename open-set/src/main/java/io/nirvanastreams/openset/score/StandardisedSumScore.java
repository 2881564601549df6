package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.parameter.FittedParameters;

/**
 * The standardised distance to the vertex plus the standardised distance to the nearest training
 * images. See {@link StandardisedScore}.
 *
 * <p>Where classes are clean the vertex tells more, where an unknown class is near a known one the
 * images do; standardised, both are in the same unit and either can speak. The one score that was
 * good on digits and on clothes.
 */
final class StandardisedSumScore implements Score {
  static final String NAME = StandardisedScore.PREFIX + "sum";

  private final Score vertex;
  private final Score neighbours;

  /**
   * From what {@link #fit} gave.
   *
   * @throws IllegalArgumentException when it is missing or does not fit together
   */
  StandardisedSumScore(ScoreMaterial material) {
    vertex = new StandardisedScore(StandardisedScore.RAW, material);
    neighbours = new StandardisedScore(StandardisedScore.NEIGHBOUR, material);
  }

  /** What both are fitted to. */
  static FittedParameters fit(float[][] centres, KnownImages training) {
    return StandardisedScore.fit(StandardisedScore.RAW, centres, training)
        .with(StandardisedScore.fit(StandardisedScore.NEIGHBOUR, centres, training));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Evidence evidence) {
    return vertex.of(evidence) + neighbours.of(evidence);
  }
}
