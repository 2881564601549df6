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
   * The answer for one image.
   *
   * @param predictedClass the nearest centre, in vertex order
   * @param score the image's score, higher = more known; NaN is answered unknown
   * @throws IndexOutOfBoundsException when there is no such class
   */
  Decision decide(int predictedClass, double score);
}
