package io.nirvanastreams.app.alerts;

import java.time.Duration;

/**
 * How often and when to try again. Immutable.
 *
 * @param attempts in all, the first one included
 * @param first wait after the first attempt; doubles after each
 * @param longest bound of the wait
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when there is no attempt or a wait is negative
   */
  public RetryPolicy {
    if (attempts < 1 || attempts > 100) {
      throw new IllegalArgumentException("attempts is " + attempts + "; give 1 to 100");
    }
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("the waits are not in order: " + first + ", " + longest);
    }
  }

  /** The wait after an attempt, which count from 1. */
  public Duration waitAfter(int attempt) {
    Duration wait = first;
    for (int count = 1; count < attempt && wait.compareTo(longest) < 0; count++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  /** The longest time that all attempts can take. */
  public Duration longestDelivery(Duration timeout) {
    Duration sum = timeout.multipliedBy(attempts);
    for (int attempt = 1; attempt < attempts; attempt++) {
      sum = sum.plus(waitAfter(attempt));
    }
    return sum;
  }
}
