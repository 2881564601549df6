package io.nirvanastreams.openset.calibration;

import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.openset.parameter.FittedParameters;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.openset.score.KnownImages;
import io.nirvanastreams.openset.score.ReferenceSet;
import io.nirvanastreams.openset.score.Score;
import io.nirvanastreams.openset.score.ScoreMaterial;
import io.nirvanastreams.openset.score.Scores;
import io.nirvanastreams.openset.vector.Cosine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Makes a calibration from training images and held-out known images. */
public final class Calibrator {

  private Calibrator() {}

  /**
   * Fits the score to the training images, scores the held-out images, and files the scores under
   * the class that the model predicts, which is what the stream will see.
   *
   * @param version version of the new calibration
   * @param alpha target share of known images answered unknown
   * @param method a name of {@link DecisionRules#names()}
   * @param scoreName a name of {@link Scores#names()}
   * @param parameters of the score and the method; missing ones take their default
   * @param labels names of the classes, in vertex order
   * @param centres one row a class
   * @param heldOut images that neither training nor any choice has used; all of known classes, or
   *     the promise would be empty
   * @param training images that fitted scores are fitted to; others do not look at them
   * @param referencesByClass representations of training images per class; stored with length 1
   * @throws IllegalArgumentException when the parts do not fit together
   */
  public static OpenSetCalibration fit(
      String version,
      double alpha,
      String method,
      String scoreName,
      Map<String, Double> parameters,
      List<String> labels,
      float[][] centres,
      KnownImages heldOut,
      KnownImages training,
      List<float[][]> referencesByClass) {
    int count = labels.size();
    if (count != centres.length
        || count != referencesByClass.size()
        || count != heldOut.classes()
        || count != training.classes()) {
      throw new IllegalArgumentException(
          "%d labels, %d centres, references of %d classes, images of %d and %d"
              .formatted(
                  count,
                  centres.length,
                  referencesByClass.size(),
                  heldOut.classes(),
                  training.classes()));
    }
    List<float[][]> references =
        referencesByClass.stream()
            .map(rows -> Arrays.stream(rows).map(Cosine::normalised).toArray(float[][]::new))
            .toList();
    FittedParameters fitted = Scores.fit(scoreName, centres, training);
    Score score =
        Scores.byName(
            scoreName,
            new ScoreMaterial(centres, new ReferenceSet(references), parameters, fitted));
    HeldOutScores scores = HeldOutScores.of(score, centres, heldOut);
    fitted =
        fitted.with(DecisionRules.fit(method, scores.byPrediction(), scores.correct(), parameters));
    List<ClassCalibration> classes = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      classes.add(
          new ClassCalibration(labels.get(c), scores.byPrediction().get(c), references.get(c)));
    }
    // A calibration that no classifier can be built from must not be published.
    DecisionRules.byName(method, alpha, scores.byPrediction(), fitted);
    return new OpenSetCalibration(version, alpha, method, scoreName, parameters, classes, fitted);
  }

  /**
   * Scores per predicted class, ascending: of all held-out images, and of those predicted right.
   */
  private record HeldOutScores(List<double[]> byPrediction, List<double[]> correct) {

    static HeldOutScores of(Score score, float[][] centres, KnownImages images) {
      List<DoubleStream.Builder> all = builders(centres.length);
      List<DoubleStream.Builder> right = builders(centres.length);
      for (int i = 0; i < images.size(); i++) {
        Evidence evidence = Evidence.of(images.features()[i], images.representations()[i], centres);
        double value = score.of(evidence);
        all.get(evidence.nearest()).add(value);
        if (evidence.nearest() == images.labels()[i]) {
          right.get(evidence.nearest()).add(value);
        }
      }
      return new HeldOutScores(ascending(all), ascending(right));
    }

    private static List<DoubleStream.Builder> builders(int count) {
      return Stream.generate(DoubleStream::builder).limit(count).toList();
    }

    private static List<double[]> ascending(List<DoubleStream.Builder> builders) {
      return builders.stream().map(builder -> builder.build().sorted().toArray()).toList();
    }
  }
}
