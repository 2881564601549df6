package io.nirvanastreams.openset.calibration;

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
 * @param scoreParameters parameters of the score by name
 * @param classes per class, in vertex order
 */
public record OpenSetCalibration(
    String version,
    double alpha,
    String method,
    String score,
    Map<String, Double> scoreParameters,
    List<ClassCalibration> classes) {

  /** Keeps its own copies of the collections. */
  public OpenSetCalibration {
    scoreParameters = Collections.unmodifiableMap(new TreeMap<>(scoreParameters));
    classes = List.copyOf(classes);
  }

  /** Names of the classes, in vertex order. */
  public List<String> labels() {
    return classes.stream().map(ClassCalibration::label).toList();
  }
}
