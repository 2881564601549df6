package io.nirvanastreams.trainer.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The score a model decides by and what spoke for it.
 *
 * @param score a name of {@link io.nirvanastreams.openset.score.Scores#names()}
 * @param parameters of the score
 * @param auroc of every candidate: the mean over the classes left out; empty when the score was
 *     simply given
 */
public record ScoreChoice(String score, Map<String, Double> parameters, Map<String, Double> auroc) {

  /** Copies the maps; the order of the candidates is kept. */
  public ScoreChoice {
    parameters = Map.copyOf(parameters);
    auroc = Collections.unmodifiableMap(new LinkedHashMap<>(auroc));
  }

  /** A score that somebody named, with its default parameters. */
  public static ScoreChoice given(String score) {
    return new ScoreChoice(score, Map.of(), Map.of());
  }
}
