package io.nirvanastreams.app.alerts;

import java.time.Duration;

/**
 * How alerts are forwarded. Immutable.
 *
 * @param groupPrefix start of the consumer groups, one for each channel
 * @param cooldown how long after an alert was sent others about the same are held back
 * @param retries how often and when to try again
 * @param timeout of one attempt
 * @param fromBeginning whether the first start sends what the topic holds already
 */
public record ForwardSettings(
    String groupPrefix,
    Duration cooldown,
    RetryPolicy retries,
    Duration timeout,
    boolean fromBeginning) {
  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException when one is negative, or the timeout zero
   */
  public ForwardSettings {
    if (cooldown.isNegative()) {
      throw new IllegalArgumentException("the cooldown is negative: " + cooldown);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the timeout must be more than nothing: " + timeout);
    }
  }
}
