package io.nirvanastreams.openset.discovery;

/**
 * Picks p-values to raise an alarm on so that the false discovery rate, the expected share of known
 * images among the alarms, is at most {@link #target}.
 *
 * <p>A threshold per image cannot do that: one percent of a million known frames is ten thousand
 * false alarms, however few unknown images there are. Immutable and safe for use by any thread.
 */
public sealed interface FalseDiscoveryRule permits FalseDiscoveryWindow, FalseDiscoveryStream {

  /** The false discovery rate aimed at, above 0 and below 1. */
  double target();

  /**
   * Alarms for a run of images from its start.
   *
   * @param pValues in the order of the stream, each 0..1; small means unusual for a known image
   * @return one flag a p-value
   * @throws IllegalArgumentException for a p-value outside 0..1 or NaN
   */
  boolean[] alarms(double[] pValues);
}
