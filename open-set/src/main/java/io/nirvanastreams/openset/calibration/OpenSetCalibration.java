package io.nirvanastreams.openset.calibration;

import io.nirvanastreams.openset.parameter.FittedParameters;
import io.nirvanastreams.openset.score.ReferenceSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that turns a model's features into answers, as published beside the model.
 *
 * <p>Immutable.
 *
 * @param version version of this calibration
 * @param alpha target share of known images answered unknown
 * @param method decision method, a name of {@link
 *     io.nirvanastreams.openset.decision.DecisionRules#names()}
 * @param score a name of {@link io.nirvanastreams.openset.score.Scores#names()}
 * @param scoreParameters parameters of the score, and of the method where it has any, by name
 * @param classes per class, in vertex order
 * @param fitted what score and method were fitted to
 */
public record OpenSetCalibration(
    String version,
    double alpha,
    String method,
    String score,
    Map<String, Double> scoreParameters,
    List<ClassCalibration> classes,
    FittedParameters fitted) {

  /** Keeps its own copies of the collections. */
  public OpenSetCalibration {
    scoreParameters = Collections.unmodifiableMap(new TreeMap<>(scoreParameters));
    classes = List.copyOf(classes);
  }

  /** For a score and a method that have nothing to fit. */
  public OpenSetCalibration(
      String version,
      double alpha,
      String method,
      String score,
      Map<String, Double> scoreParameters,
      List<ClassCalibration> classes) {
    this(version, alpha, method, score, scoreParameters, classes, FittedParameters.NONE);
  }

  /** Stored training images per class. */
  public ReferenceSet references() {
    return new ReferenceSet(classes.stream().map(ClassCalibration::references).toList());
  }

  /** Names of the classes, in vertex order. */
  public List<String> labels() {
    return classes.stream().map(ClassCalibration::label).toList();
  }
}
