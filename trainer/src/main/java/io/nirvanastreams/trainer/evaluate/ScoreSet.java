package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.parameter.FittedParameters;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.openset.score.ReferenceSet;
import io.nirvanastreams.openset.score.Score;
import io.nirvanastreams.openset.score.ScoreMaterial;
import io.nirvanastreams.openset.score.Scores;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Scores ready for use on the features of one model, to be compared with each other. Immutable.
 *
 * @param centres of the classes, in vertex order
 * @param scores by name, in the order of {@link Scores#names()}
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoreSet(float[][] centres, Map<String, Score> scores) {

  /** Keeps its own map. */
  public ScoreSet {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  /**
   * All scores that can be fitted to what the network gives, with their default parameters.
   *
   * @param train training images that scores are fitted to
   */
  public static ScoreSet fit(float[][] centres, ReferenceSet references, Features train) {
    Map<String, Score> scores = new LinkedHashMap<>();
    List<String> names =
        Scores.names().stream().filter(name -> Scores.fits(name, train.known())).toList();
    for (String name : names) {
      scores.put(
          name,
          Scores.byName(
              name,
              new ScoreMaterial(
                  centres, references, Map.of(), Scores.fit(name, centres, train.known()))));
    }
    return new ScoreSet(centres, scores);
  }

  /**
   * The calibration's own score, and of the others, with their default parameters, those that its
   * references and {@code train} are enough for.
   *
   * @param train training images that the others are fitted to; may be empty
   */
  public static ScoreSet of(float[][] centres, OpenSetCalibration calibration, Features train) {
    Map<String, Score> scores = new LinkedHashMap<>();
    ReferenceSet references = calibration.references();
    for (String name : Scores.names()) {
      if (name.equals(calibration.score())) {
        ScoreMaterial own =
            new ScoreMaterial(
                centres, references, calibration.scoreParameters(), calibration.fitted());
        scores.put(name, Scores.byName(name, own));
      } else if (Scores.fitted(name)
          ? train.size() > 0 && Scores.fits(name, train.known())
          : enough(name, references)) {
        FittedParameters fitted =
            Scores.fitted(name) ? Scores.fit(name, centres, train.known()) : FittedParameters.NONE;
        scores.put(
            name, Scores.byName(name, new ScoreMaterial(centres, references, Map.of(), fitted)));
      }
    }
    return new ScoreSet(centres, scores);
  }

  private static boolean enough(String name, ReferenceSet references) {
    return references.size() > 0 || !Scores.needsReferences(name);
  }

  /** What every score gives these images, by name. */
  public Map<String, ScoredImages> score(Features known, Features unknown) {
    List<Evidence> knownEvidence = evidence(known);
    List<Evidence> unknownEvidence = evidence(unknown);
    boolean[] correct = new boolean[known.size()];
    for (int i = 0; i < correct.length; i++) {
      correct[i] = knownEvidence.get(i).nearest() == known.labels()[i];
    }
    Map<String, ScoredImages> scored = new LinkedHashMap<>();
    scores.forEach(
        (name, score) ->
            scored.put(
                name,
                new ScoredImages(
                    knownEvidence.stream().mapToDouble(score::of).toArray(),
                    correct,
                    unknownEvidence.stream().mapToDouble(score::of).toArray())));
    return scored;
  }

  private List<Evidence> evidence(Features images) {
    return IntStream.range(0, images.size())
        .mapToObj(i -> Evidence.of(images.features()[i], images.representations()[i], centres))
        .toList();
  }
}
