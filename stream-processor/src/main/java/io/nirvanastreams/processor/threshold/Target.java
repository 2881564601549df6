package io.nirvanastreams.processor.threshold;

/**
 * A target and who set it. Immutable.
 *
 * @param value the share aimed at
 * @param overrideId the override that set it; empty for the default
 */
public record Target(double value, String overrideId) {
  /** A target that no override set. */
  public static Target byDefault(double value) {
    return new Target(value, "");
  }
}
