package io.nirvanastreams.openset.score;

import java.util.List;
import java.util.Map;

/** Finds scores by name. No single score wins on every data set; choose on validation data. */
public final class Scores {

  private static final List<String> NAMES =
      List.of(
          CentreScores.RAW,
          CentreScores.RELATIVE,
          CentreScores.COSINE,
          CentreScores.COMBINED,
          NearestNeighbourScore.NAME);

  private Scores() {}

  /** All names, in a fixed order. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * A score, ready to use.
   *
   * @param name one of {@link #names()}
   * @param references stored training images; only the nearest-neighbour scores look at them
   * @param parameters by name; missing ones take their default, see each score
   * @throws IllegalArgumentException when the name is unknown or the score cannot be built from
   *     these references and parameters
   */
  public static Score byName(String name, ReferenceSet references, Map<String, Double> parameters) {
    return switch (name) {
      case CentreScores.RAW -> CentreScores.raw();
      case CentreScores.RELATIVE -> CentreScores.relative();
      case CentreScores.COSINE -> CentreScores.cosine();
      case CentreScores.COMBINED -> CentreScores.combined();
      case NearestNeighbourScore.NAME -> NearestNeighbourScore.of(references, parameters);
      default ->
          throw new IllegalArgumentException("no score named '" + name + "'; there are " + NAMES);
    };
  }
}
