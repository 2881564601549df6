package io.nirvanastreams.openset.decision;

import java.util.List;

/** Finds decision rules by name. */
public final class DecisionRules {

  /** Split-conformal p-values within the predicted class; the default. */
  public static final String CONFORMAL = "conformal-class-conditional";

  /** One threshold for all classes: the alpha quantile of all calibration scores. */
  public static final String QUANTILE_GLOBAL = "quantile-global";

  /** One threshold a predicted class: the alpha quantile of its calibration scores. */
  public static final String QUANTILE_PER_CLASS = "quantile-per-class";

  private static final List<String> NAMES = List.of(CONFORMAL, QUANTILE_GLOBAL, QUANTILE_PER_CLASS);

  private DecisionRules() {}

  /** All names, the default first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * A rule, ready to use.
   *
   * @param method one of {@link #names()}
   * @param alpha target share of known images answered unknown, above 0 and below 1
   * @param calibrationScoresByPredictedClass scores of held-out known images, grouped by the class
   *     the model predicts for them, in vertex order; any order within a class
   * @throws IllegalArgumentException when the method is not known, alpha is out of range, or a
   *     score is NaN
   */
  public static DecisionRule byName(
      String method, double alpha, List<double[]> calibrationScoresByPredictedClass) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must lie between 0 and 1, was " + alpha);
    }
    CalibrationScores scores = new CalibrationScores(calibrationScoresByPredictedClass);
    return switch (method) {
      case CONFORMAL -> new ConformalRule(alpha, scores);
      case QUANTILE_GLOBAL -> new QuantileRule(method, alpha, scores, true);
      case QUANTILE_PER_CLASS -> new QuantileRule(method, alpha, scores, false);
      default ->
          throw new IllegalArgumentException(
              "no decision method named '" + method + "'; there are " + NAMES);
    };
  }
}
