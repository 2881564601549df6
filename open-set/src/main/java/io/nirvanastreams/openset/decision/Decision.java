package io.nirvanastreams.openset.decision;

/** The answer for one image. Immutable. */
public sealed interface Decision {

  /**
   * How usual the score is among held-out known images: small means unusual, so unknown.
   *
   * @return a fraction in 0..1
   */
  double pValue();

  /**
   * The image belongs to a known class.
   *
   * @param classIndex the class, in vertex order
   * @param pValue see {@link Decision#pValue()}
   */
  record Known(int classIndex, double pValue) implements Decision {}

  /**
   * The image belongs to none of the known classes.
   *
   * @param nearestClass the class it would have been, in vertex order
   * @param pValue see {@link Decision#pValue()}
   */
  record Unknown(int nearestClass, double pValue) implements Decision {}
}
