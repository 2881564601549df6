package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.List;

/**
 * Finds scores by name. No single score wins on every data set; {@link #DEFAULT} was the best on
 * clothes, where an unknown class is near a known one, while the distance to the vertex wins on
 * digits and on short trainings.
 */
public final class Scores {

  /** The score that is taken where none is named. */
  public static final String DEFAULT = StandardisedSumScore.NAME;

  private static final List<String> NAMES =
      List.of(
          CentreScores.RAW,
          CentreScores.RELATIVE,
          CentreScores.COSINE,
          CentreScores.COMBINED,
          EnergyScore.NAME,
          ResidualScore.NAME,
          FreeVertexScore.NAME,
          NearestNeighbourScore.NAME,
          NeighbourResidualScore.NAME,
          MahalanobisScore.NAME,
          WhitenedNeighbourScore.NAME,
          RelativeMahalanobisScore.NAME,
          StandardisedScore.RAW,
          StandardisedScore.MAHALANOBIS,
          StandardisedScore.NEIGHBOUR,
          StandardisedScore.FREE,
          StandardisedSumScore.NAME);

  private Scores() {}

  /** All names, in a fixed order. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Whether a score is fitted to training images beyond the stored references: the more of them it
   * gets, the better.
   */
  public static boolean fitted(String name) {
    return name.equals(MahalanobisScore.NAME)
        || name.equals(WhitenedNeighbourScore.NAME)
        || name.equals(RelativeMahalanobisScore.NAME)
        || name.startsWith(StandardisedScore.PREFIX);
  }

  /**
   * Whether a score can be fitted to what this network gives: those that need a covariance take a
   * thousand values at most.
   */
  public static boolean fits(String name, KnownImages training) {
    return !fitted(name)
        || name.equals(RelativeMahalanobisScore.NAME)
        || name.equals(StandardisedScore.RAW)
        || name.equals(StandardisedScore.FREE)
        || !WithinClasses.tooLong(training);
  }

  /** Whether a score compares with stored references and cannot do without any. */
  public static boolean needsReferences(String name) {
    return name.equals(NearestNeighbourScore.NAME) || name.equals(NeighbourResidualScore.NAME);
  }

  /**
   * Fits what a score needs to have fitted.
   *
   * @param name one of {@link #names()}
   * @param centres of the classes, in vertex order
   * @param training images that the network was trained on
   * @return {@link FittedParameters#NONE} for scores that need nothing
   * @throws IllegalArgumentException when the score cannot be fitted to these images
   */
  public static FittedParameters fit(String name, float[][] centres, KnownImages training) {
    return switch (name) {
      case MahalanobisScore.NAME -> MahalanobisScore.fit(training);
      case WhitenedNeighbourScore.NAME -> WhitenedNeighbourScore.fit(training);
      case RelativeMahalanobisScore.NAME -> RelativeMahalanobis.fit(training);
      case StandardisedSumScore.NAME -> StandardisedSumScore.fit(centres, training);
      default ->
          StandardisedScore.makes(name)
              ? StandardisedScore.fit(name, centres, training)
              : FittedParameters.NONE;
    };
  }

  /**
   * A score, ready to use.
   *
   * @param name one of {@link #names()}
   * @throws IllegalArgumentException when the name is unknown or the score cannot be built from
   *     this material
   */
  public static Score byName(String name, ScoreMaterial material) {
    return switch (name) {
      case CentreScores.RAW -> CentreScores.raw();
      case CentreScores.RELATIVE -> CentreScores.relative();
      case CentreScores.COSINE -> CentreScores.cosine();
      case CentreScores.COMBINED -> CentreScores.combined();
      case EnergyScore.NAME -> new EnergyScore(material.parameters());
      case ResidualScore.NAME -> new ResidualScore(material.centres());
      case FreeVertexScore.NAME -> new FreeVertexScore(material.centres());
      case NearestNeighbourScore.NAME ->
          NearestNeighbourScore.of(material.references(), material.parameters());
      case NeighbourResidualScore.NAME -> new NeighbourResidualScore(material);
      case MahalanobisScore.NAME -> new MahalanobisScore(material.fitted());
      case WhitenedNeighbourScore.NAME -> new WhitenedNeighbourScore(material.fitted());
      case RelativeMahalanobisScore.NAME -> new RelativeMahalanobisScore(material.fitted());
      case StandardisedScore.RAW,
          StandardisedScore.MAHALANOBIS,
          StandardisedScore.NEIGHBOUR,
          StandardisedScore.FREE ->
          new StandardisedScore(name, material);
      case StandardisedSumScore.NAME -> new StandardisedSumScore(material);
      default ->
          throw new IllegalArgumentException("no score named '" + name + "'; there are " + NAMES);
    };
  }
}
