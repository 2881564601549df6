package io.nirvanastreams.openset.score;

/**
 * The nearest-neighbour score plus a weight times the residual score, for what either alone cannot
 * see: the one compares representations with stored images, the other features with the span of the
 * centres.
 *
 * <p>Both are of the order of 1, so the weight needs no scale. Parameter {@code residual-weight},
 * default 0.5: over ten class splits of clothes and digits the mean AUROC was 0.835 for the
 * neighbours, 0.840 for the residual, 0.844, 0.845 and 0.845 for the weights 0.25, 0.5 and 1.
 */
final class NeighbourResidualScore implements Score {
  static final String NAME = "neighbour-residual";
  static final String WEIGHT = "residual-weight";
  private static final double DEFAULT_WEIGHT = 0.5;

  private final Score neighbours;
  private final Score residual;
  private final double weight;

  NeighbourResidualScore(ScoreMaterial material) {
    neighbours = NearestNeighbourScore.of(material.references(), material.parameters());
    residual = new ResidualScore(material.centres());
    weight = material.parameters().getOrDefault(WEIGHT, DEFAULT_WEIGHT);
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "parameter " + WEIGHT + " must be 0 or more and finite, was " + weight);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Evidence evidence) {
    return neighbours.of(evidence) + weight * residual.of(evidence);
  }
}
