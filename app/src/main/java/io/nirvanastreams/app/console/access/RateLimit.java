package io.nirvanastreams.app.console.access;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many a minute for each caller, by a bucket that fills steadily. Remembers the latest thousand
 * callers. Safe from any thread.
 */
public final class RateLimit {
  private static final int MOST_CALLERS = 1_000;
  private static final double MILLIS_PER_MINUTE = 60_000;

  private final int perMinute;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /** A limit that nobody has used yet. */
  public RateLimit(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  private record Bucket(double left, long atMillis) {}

  /** Takes one, if one is left for the caller. */
  public synchronized boolean take(String caller) {
    long now = clock.millis();
    Bucket before = buckets.getOrDefault(caller, new Bucket(perMinute, now));
    double refilled = (now - before.atMillis()) / MILLIS_PER_MINUTE * perMinute;
    double left = Math.min(perMinute, before.left() + refilled);
    boolean allowed = left >= 1;
    buckets.put(caller, new Bucket(allowed ? left - 1 : left, now));
    if (buckets.size() > MOST_CALLERS) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    return allowed;
  }
}
