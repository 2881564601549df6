package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.parameter.FittedParameters;

/**
 * The standardised distance to the nearest free vertex plus the standardised distance to the
 * nearest training images: what speaks for something unknown, and what speaks against the class.
 * See {@link StandardisedScore}.
 *
 * <p>On clothes, six kinds known in five splits and the same networks, the mean AUROC was 0.883,
 * with 0.871 and 0.875 for the parts, 0.795 for the distance to the vertex, 0.853 for the same
 * standardised, and 0.878 for the sum of all three. Which neighbours, means or covariances stand in
 * the second place made a difference of 0.003 at most.
 */
final class StandardisedSumScore implements Score {
  static final String NAME = StandardisedScore.PREFIX + "sum";

  private final Score free;
  private final Score neighbours;

  /**
   * From what {@link #fit} gave.
   *
   * @throws IllegalArgumentException when it is missing or does not fit together
   */
  StandardisedSumScore(ScoreMaterial material) {
    free = new StandardisedScore(StandardisedScore.FREE, material);
    neighbours = new StandardisedScore(StandardisedScore.NEIGHBOUR, material);
  }

  /** What both are fitted to. */
  static FittedParameters fit(float[][] centres, KnownImages training) {
    return StandardisedScore.fit(StandardisedScore.FREE, centres, training)
        .with(StandardisedScore.fit(StandardisedScore.NEIGHBOUR, centres, training));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Evidence evidence) {
    return free.of(evidence) + neighbours.of(evidence);
  }
}
