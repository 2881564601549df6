package io.nirvanastreams.openset.decision;

import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.List;
import java.util.Map;

/** Finds decision rules by name. */
public final class DecisionRules {

  /** Split-conformal p-values within the predicted class; the default. */
  public static final String CONFORMAL = "conformal-class-conditional";

  /** Split-conformal p-values among the scores of all classes together. */
  public static final String CONFORMAL_GLOBAL = "conformal-global";

  /** One threshold for all classes: the alpha quantile of all calibration scores. */
  public static final String QUANTILE_GLOBAL = "quantile-global";

  /** One threshold a predicted class: the alpha quantile of its calibration scores. */
  public static final String QUANTILE_PER_CLASS = "quantile-per-class";

  /** P-values from a Weibull distribution fitted to the most unusual scores of each class. */
  public static final String WEIBULL = "weibull-tail";

  /** Parameter of {@link #WEIBULL}: scores of a class that make up its tail, default 20. */
  public static final String TAIL_SIZE = "tail-size";

  /**
   * Parameter of {@link #WEIBULL}: 1 to fit the tail to correctly classified images only, as
   * OpenMax does; default 0, to all that are predicted as the class.
   */
  public static final String TAIL_OF_CORRECT = "tail-of-correct";

  private static final double DEFAULT_TAIL_SIZE = 20;

  private static final List<String> NAMES =
      List.of(CONFORMAL, CONFORMAL_GLOBAL, QUANTILE_GLOBAL, QUANTILE_PER_CLASS, WEIBULL);

  private DecisionRules() {}

  /** All names, the default first. */
  public static List<String> names() {
    return NAMES;
  }

  /** Whether a method promises that known images are answered unknown at most alpha of the time. */
  public static boolean conformal(String method) {
    return method.equals(CONFORMAL) || method.equals(CONFORMAL_GLOBAL);
  }

  /**
   * Fits what a rule needs to have fitted.
   *
   * @param method one of {@link #names()}
   * @param scoresByPredictedClass scores of held-out known images, in vertex order
   * @param correctScoresByClass those of them that are classified correctly
   * @param parameters by name; missing ones take their default
   * @return {@link FittedParameters#NONE} for methods that need nothing
   * @throws IllegalArgumentException when there are too few scores or a parameter is out of range
   */
  public static FittedParameters fit(
      String method,
      List<double[]> scoresByPredictedClass,
      List<double[]> correctScoresByClass,
      Map<String, Double> parameters) {
    if (!method.equals(WEIBULL)) {
      return FittedParameters.NONE;
    }
    double size = parameters.getOrDefault(TAIL_SIZE, DEFAULT_TAIL_SIZE);
    if (size < 2 || size != Math.rint(size)) {
      throw new IllegalArgumentException(
          "parameter " + TAIL_SIZE + " must be a whole number from 2, was " + size);
    }
    double ofCorrect = parameters.getOrDefault(TAIL_OF_CORRECT, 0.0);
    if (ofCorrect != 0 && ofCorrect != 1) {
      throw new IllegalArgumentException(
          "parameter " + TAIL_OF_CORRECT + " must be 0 or 1, was " + ofCorrect);
    }
    return WeibullRule.fit(
        ofCorrect == 1 ? correctScoresByClass : scoresByPredictedClass, (int) size);
  }

  /**
   * A rule, ready to use.
   *
   * @param method one of {@link #names()}
   * @param alpha target share of known images answered unknown, above 0 and below 1
   * @param calibrationScoresByPredictedClass scores of held-out known images, grouped by the class
   *     the model predicts for them, in vertex order; any order within a class
   * @param fitted what {@link #fit} gave for the method
   * @throws IllegalArgumentException when the method is not known, alpha is out of range, or a
   *     score is NaN
   */
  public static DecisionRule byName(
      String method,
      double alpha,
      List<double[]> calibrationScoresByPredictedClass,
      FittedParameters fitted) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must lie between 0 and 1, was " + alpha);
    }
    CalibrationScores scores = new CalibrationScores(calibrationScoresByPredictedClass);
    return switch (method) {
      case CONFORMAL -> new ConformalRule(alpha, scores, false);
      case CONFORMAL_GLOBAL -> new ConformalRule(alpha, scores, true);
      case QUANTILE_GLOBAL -> new QuantileRule(method, alpha, scores, true);
      case QUANTILE_PER_CLASS -> new QuantileRule(method, alpha, scores, false);
      case WEIBULL -> new WeibullRule(alpha, scores, fitted);
      default ->
          throw new IllegalArgumentException(
              "no decision method named '" + method + "'; there are " + NAMES);
    };
  }
}
