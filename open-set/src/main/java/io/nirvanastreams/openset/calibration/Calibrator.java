package io.nirvanastreams.openset.calibration;

import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.openset.score.ReferenceSet;
import io.nirvanastreams.openset.score.Score;
import io.nirvanastreams.openset.score.Scores;
import io.nirvanastreams.openset.vector.Cosine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Makes a calibration from held-out known images. */
public final class Calibrator {

  private Calibrator() {}

  /**
   * Scores the held-out images and files the scores under the class that the model predicts, which
   * is what the stream will see.
   *
   * @param version version of the new calibration
   * @param alpha target share of known images answered unknown
   * @param method a name of {@link DecisionRules#names()}
   * @param scoreName a name of {@link Scores#names()}
   * @param scoreParameters parameters of the score; missing ones take their default
   * @param labels names of the classes, in vertex order
   * @param centres one row a class
   * @param features features of the held-out images, none of which the model was trained on
   * @param representations their representations
   * @param classIndices their true classes; all must be known, or the promise would be empty
   * @param referencesByClass representations of training images per class; stored with length 1
   * @throws IllegalArgumentException when the parts do not fit together
   */
  public static OpenSetCalibration fit(
      String version,
      double alpha,
      String method,
      String scoreName,
      Map<String, Double> scoreParameters,
      List<String> labels,
      float[][] centres,
      float[][] features,
      float[][] representations,
      int[] classIndices,
      List<float[][]> referencesByClass) {
    check(labels, centres, features, representations, classIndices, referencesByClass);
    List<float[][]> references =
        referencesByClass.stream()
            .map(rows -> Arrays.stream(rows).map(Cosine::normalised).toArray(float[][]::new))
            .toList();
    Score score = Scores.byName(scoreName, new ReferenceSet(references), scoreParameters);
    List<DoubleStream.Builder> byPrediction = new ArrayList<>();
    labels.forEach(label -> byPrediction.add(DoubleStream.builder()));
    for (int i = 0; i < features.length; i++) {
      Evidence evidence = Evidence.of(features[i], representations[i], centres);
      byPrediction.get(evidence.nearest()).add(score.of(evidence));
    }
    List<double[]> scores =
        byPrediction.stream().map(builder -> builder.build().sorted().toArray()).toList();
    List<ClassCalibration> classes = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      classes.add(new ClassCalibration(labels.get(c), scores.get(c), references.get(c)));
    }
    OpenSetCalibration calibration =
        new OpenSetCalibration(version, alpha, method, scoreName, scoreParameters, classes);
    // A calibration that no classifier can be built from must not be published.
    DecisionRules.byName(method, alpha, scores);
    return calibration;
  }

  private static void check(
      List<String> labels,
      float[][] centres,
      float[][] features,
      float[][] representations,
      int[] classIndices,
      List<float[][]> references) {
    if (labels.size() != centres.length || labels.size() != references.size()) {
      throw new IllegalArgumentException(
          "%d labels, %d centres, references of %d classes"
              .formatted(labels.size(), centres.length, references.size()));
    }
    if (features.length != representations.length || features.length != classIndices.length) {
      throw new IllegalArgumentException(
          "%d features, %d representations, %d class indices"
              .formatted(features.length, representations.length, classIndices.length));
    }
    for (int index : classIndices) {
      if (index < 0 || index >= labels.size()) {
        throw new IllegalArgumentException(
            "calibration image of class %d; the known ones are 0..%d"
                .formatted(index, labels.size() - 1));
      }
    }
  }
}
