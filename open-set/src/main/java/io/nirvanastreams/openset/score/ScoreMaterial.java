package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.Map;

/**
 * What scores are built from; each takes what it needs.
 *
 * <p>Immutable by convention: the centres are shared and must not be written to.
 *
 * @param centres of the classes, one row a class, in vertex order
 * @param references stored training images, for the nearest-neighbour score
 * @param parameters by name; missing ones take their default, see each score
 * @param fitted what {@link Scores#fit} gave for the score
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoreMaterial(
    float[][] centres,
    ReferenceSet references,
    Map<String, Double> parameters,
    FittedParameters fitted) {

  /** Keeps its own map. */
  public ScoreMaterial {
    parameters = Map.copyOf(parameters);
  }

  /** For scores that look at the centres only. */
  public static ScoreMaterial of(float[][] centres) {
    return new ScoreMaterial(centres, ReferenceSet.EMPTY, Map.of(), FittedParameters.NONE);
  }
}
