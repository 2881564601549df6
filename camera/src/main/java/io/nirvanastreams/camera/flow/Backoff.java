package io.nirvanastreams.camera.flow;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time up to a limit, less a random part
 * of up to a half, so that many cameras behind one switch do not come back all at once. Safe from
 * any thread if the random generator is.
 *
 * @param first the longest wait after the first failure
 * @param longest the longest wait of all
 * @param random where the jitter comes from
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {
  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException unless 0 is less than first and first at most longest
   */
  public Backoff {
    if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException("no waits: from " + first + " to " + longest);
    }
  }

  /** The wait after so many failures in a row, counted from 1. */
  public Duration after(int failures) {
    double grown = first.toNanos() * Math.pow(2, Math.max(0, failures - 1));
    double limit = Math.min(grown, longest.toNanos());
    return Duration.ofNanos((long) (limit * (1 - random.nextDouble() / 2)));
  }
}
