package io.nirvanastreams.openset.decision;

/**
 * Unknown below a quantile of the calibration scores, so that at most a share alpha of the
 * calibration images themselves would be refused. Unlike the conformal rule this promises nothing
 * for new images.
 */
final class QuantileRule implements DecisionRule {

  private final String method;
  private final double alpha;
  private final CalibrationScores scores;
  private final boolean global;

  QuantileRule(String method, double alpha, CalibrationScores scores, boolean global) {
    this.method = method;
    this.alpha = alpha;
    this.scores = scores;
    this.global = global;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public double alpha() {
    return alpha;
  }

  @Override
  public boolean pooled(int predictedClass) {
    return scores.ofClass(predictedClass).length == 0 || global;
  }

  @Override
  public Decision decide(int predictedClass, double score, double target) {
    double[] against = pooled(predictedClass) ? scores.all() : scores.ofClass(predictedClass);
    double pValue = CalibrationScores.pValue(against, score);
    return score >= threshold(against, target)
        ? new Decision.Known(predictedClass, pValue)
        : new Decision.Unknown(predictedClass, pValue);
  }

  /** Without any calibration score everything is accepted: there is nothing to refuse by. */
  private static double threshold(double[] ascending, double target) {
    return ascending.length == 0
        ? Double.NEGATIVE_INFINITY
        : ascending[(int) (target * ascending.length)];
  }
}
