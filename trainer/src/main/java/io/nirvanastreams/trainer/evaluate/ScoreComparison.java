package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.Measures;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.openset.score.ReferenceSet;
import io.nirvanastreams.openset.score.Score;
import io.nirvanastreams.openset.score.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Measures every score on the same features. Stateless. */
final class ScoreComparison {
  private ScoreComparison() {}

  /**
   * Measures of all scores, in the order of their names.
   *
   * @param parameters of scores that are not to have their defaults, by score
   */
  static Map<String, ScoreMeasures> compare(
      float[][] centres,
      ReferenceSet references,
      Map<String, Map<String, Double>> parameters,
      Features known,
      Features unknown) {
    List<Evidence> knownEvidence = evidence(centres, known);
    List<Evidence> unknownEvidence = evidence(centres, unknown);
    boolean[] correct = new boolean[known.size()];
    for (int i = 0; i < correct.length; i++) {
      correct[i] = knownEvidence.get(i).nearest() == known.labels()[i];
    }
    Map<String, ScoreMeasures> measures = new LinkedHashMap<>();
    for (String name : Scores.names()) {
      Score score = Scores.byName(name, references, parameters.getOrDefault(name, Map.of()));
      double[] in = knownEvidence.stream().mapToDouble(score::of).toArray();
      double[] out = unknownEvidence.stream().mapToDouble(score::of).toArray();
      measures.put(name, measure(in, correct, out));
    }
    return measures;
  }

  private static ScoreMeasures measure(double[] known, boolean[] correct, double[] unknown) {
    if (unknown.length == 0) {
      return new ScoreMeasures(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    return new ScoreMeasures(
        Measures.auroc(known, unknown),
        Measures.oscr(known, correct, unknown),
        Measures.tnrAtTpr95(known, unknown),
        Measures.detectionAccuracy(known, unknown));
  }

  private static List<Evidence> evidence(float[][] centres, Features images) {
    return IntStream.range(0, images.size())
        .mapToObj(i -> Evidence.of(images.features()[i], images.representations()[i], centres))
        .toList();
  }
}
