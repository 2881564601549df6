package io.nirvanastreams.openset.decision;

/** Turns a score into an answer. Immutable and safe for use by any thread. */
public interface DecisionRule {

  /** The name under which {@link DecisionRules} finds it. */
  String method();

  /** Target share of known images answered unknown. */
  double alpha();

  /**
   * Whether images predicted as this class are judged by the scores of all classes together,
   * because the class alone has too few. The promise then holds over all classes, not for this one.
   */
  boolean pooled(int predictedClass);

  /**
   * The answer for one image at the rule's own target.
   *
   * @param predictedClass the nearest centre, in vertex order
   * @param score the image's score, higher = more known; NaN is answered unknown
   * @throws IndexOutOfBoundsException when there is no such class
   */
  default Decision decide(int predictedClass, double score) {
    return decide(predictedClass, score, alpha());
  }

  /**
   * The answer for one image at another target than the rule's own. A conformal rule keeps its
   * promise at that target, for images exchangeable with the calibration images.
   *
   * @param predictedClass the nearest centre, in vertex order
   * @param score the image's score, higher = more known; NaN is answered unknown
   * @param target share of known images answered unknown, above 0 and below 1
   * @throws IndexOutOfBoundsException when there is no such class
   */
  Decision decide(int predictedClass, double score, double target);
}
