package io.nirvanastreams.openset.decision;

/**
 * Split-conformal decision within the predicted class (Mondrian conformal prediction).
 *
 * <p>For a known image that is exchangeable with the calibration images of its predicted class, P(p
 * < alpha) is at most alpha, for any score and any number of calibration images. The predicted
 * class is what the stream sees, so the promise holds per predicted class, misclassified images
 * included.
 *
 * <p>A class whose smallest possible p-value, 1/(n+1), is not below alpha could never answer
 * unknown; it uses the scores of all classes together, and {@link #pooled} says so. The global rule
 * does so for every class.
 */
final class ConformalRule implements DecisionRule {

  private final double alpha;
  private final CalibrationScores scores;
  private final boolean global;

  ConformalRule(double alpha, CalibrationScores scores, boolean global) {
    this.alpha = alpha;
    this.scores = scores;
    this.global = global;
  }

  @Override
  public String method() {
    return global ? DecisionRules.CONFORMAL_GLOBAL : DecisionRules.CONFORMAL;
  }

  @Override
  public double alpha() {
    return alpha;
  }

  @Override
  public boolean pooled(int predictedClass) {
    return pooled(predictedClass, alpha);
  }

  private boolean pooled(int predictedClass, double target) {
    return 1.0 / (scores.ofClass(predictedClass).length + 1) >= target || global;
  }

  @Override
  public Decision decide(int predictedClass, double score, double target) {
    double[] against =
        pooled(predictedClass, target) ? scores.all() : scores.ofClass(predictedClass);
    double pValue = CalibrationScores.pValue(against, score);
    return pValue < target || Double.isNaN(score)
        ? new Decision.Unknown(predictedClass, pValue)
        : new Decision.Known(predictedClass, pValue);
  }
}
