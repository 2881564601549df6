package io.nirvanastreams.openset.decision;

import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Unknown where the tail of the known distances, a Weibull distribution, says that so unusual a
 * score is rarer than alpha.
 *
 * <p>After Bendale and Boult, "Towards Open Set Deep Networks" (OpenMax), CVPR 2016, section 3: a
 * distribution per class, of the largest distances. OpenMax weighs by the distribution within the
 * tail; here the share of images in the tail is multiplied in, so that the p-value is the survival
 * function of all known distances and alpha means what it means in the other rules. Scores before
 * the tail are ranked among the calibration scores.
 *
 * <p>OpenMax fits to correctly classified images. A stream holds the others too, and they are the
 * unusual ones: on clothes and digits alpha 0.01 then refused 1.5 to 2.1 % of the known images.
 * Fitted to all images that are predicted as the class it refused 1.0 to 1.3 %, so that is the
 * default; {@link DecisionRules#TAIL_OF_CORRECT} asks for the other.
 *
 * <p>Unlike a conformal p-value this one goes below 1 / (n + 1); in return it promises nothing, and
 * the further out, the less it should be believed (alpha 0.001 refused 0.06 to 0.26 %). A class
 * with too few images for a tail is judged by the tail of all classes, and {@link #pooled} says so.
 */
final class WeibullRule implements DecisionRule {
  static final String TAILS = DecisionRules.WEIBULL + ".tails";

  private final double alpha;
  private final CalibrationScores scores;
  private final WeibullTail[] tails;

  WeibullRule(double alpha, CalibrationScores scores, FittedParameters fitted) {
    this.alpha = alpha;
    this.scores = scores;
    float[] stored = fitted.get(TAILS);
    tails = new WeibullTail[scores.classes() + 1];
    if (stored.length != tails.length * WeibullTail.STORED) {
      throw new IllegalArgumentException(
          "%d values are no Weibull tails of %d classes"
              .formatted(stored.length, scores.classes()));
    }
    Arrays.setAll(tails, c -> WeibullTail.stored(stored, c));
    if (tails[scores.classes()] == null) {
      throw new IllegalArgumentException("the Weibull tail of all classes is missing");
    }
  }

  /** A row a class and one for all classes together. */
  static FittedParameters fit(List<double[]> scoresByClass, int size) {
    int classes = scoresByClass.size();
    double[] all = scoresByClass.stream().flatMapToDouble(Arrays::stream).toArray();
    if (all.length <= size) {
      throw new IllegalArgumentException(
          "%s needs more than %d calibration images and has %d; give more or lower %s"
              .formatted(DecisionRules.WEIBULL, size, all.length, DecisionRules.TAIL_SIZE));
    }
    float[] stored = new float[(classes + 1) * WeibullTail.STORED];
    Arrays.fill(stored, Float.NaN);
    for (int c = 0; c < classes; c++) {
      if (scoresByClass.get(c).length > size) {
        WeibullTail.fit(scoresByClass.get(c), size).store(stored, c);
      }
    }
    WeibullTail.fit(all, size).store(stored, classes);
    return new FittedParameters(Map.of(TAILS, stored));
  }

  @Override
  public String method() {
    return DecisionRules.WEIBULL;
  }

  @Override
  public double alpha() {
    return alpha;
  }

  @Override
  public boolean pooled(int predictedClass) {
    scores.ofClass(predictedClass);
    return tails[predictedClass] == null;
  }

  @Override
  public Decision decide(int predictedClass, double score, double target) {
    boolean pooled = pooled(predictedClass);
    WeibullTail tail = tails[pooled ? scores.classes() : predictedClass];
    double[] against = pooled ? scores.all() : scores.ofClass(predictedClass);
    double pValue;
    if (Double.isNaN(score)) {
      pValue = 0;
    } else if (tail.holds(score)) {
      pValue = tail.survival(score);
    } else {
      pValue = Math.max(tail.share(), CalibrationScores.pValue(against, score));
    }
    return pValue < target
        ? new Decision.Unknown(predictedClass, pValue)
        : new Decision.Known(predictedClass, pValue);
  }
}
