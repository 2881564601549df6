package io.nirvanastreams.app.console.view;

import io.nirvanastreams.schemas.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts answers in total, per second over the last minute, and their latencies. Constant memory.
 * Not thread-safe.
 */
final class Meter {
  static final int SECONDS = 60;
  private static final int RATE_SECONDS = 10;
  private static final int LATENCIES = 1024;

  private final long since;
  private final Tally total = new Tally();
  private final Tally[] perSecond = new Tally[SECONDS];
  private final long[] secondOf = new long[SECONDS];
  private final long[] latencies = new long[LATENCIES];

  Meter(long nowMillis) {
    since = nowMillis;
    Arrays.fill(secondOf, -1);
  }

  void add(Outcome outcome, long latencyMillis, long nowMillis) {
    long second = Math.floorDiv(nowMillis, 1000L);
    int slot = slot(second);
    if (secondOf[slot] != second) {
      secondOf[slot] = second;
      perSecond[slot] = new Tally();
    }
    latencies[(int) (total.all() % LATENCIES)] = latencyMillis;
    perSecond[slot].add(outcome);
    total.add(outcome);
  }

  Counters read(long nowMillis) {
    long now = Math.floorDiv(nowMillis, 1000L);
    Tally recent = new Tally();
    List<Double> shares = new ArrayList<>(SECONDS);
    long inRateWindow = 0;
    for (long second = now - SECONDS + 1; second <= now; second++) {
      Tally counts = secondOf[slot(second)] == second ? perSecond[slot(second)] : new Tally();
      recent.add(counts);
      // The running second is not over: it would make the rate dip at every start of a second.
      if (second < now && second >= now - RATE_SECONDS) {
        inRateWindow += counts.all();
      }
      shares.add(counts.all() == 0 ? -1 : rounded(1000, counts.unknown(), counts.all()));
    }
    long[] sorted = Arrays.copyOf(latencies, (int) Math.min(total.all(), LATENCIES));
    Arrays.sort(sorted);
    long watched = Math.max(1, Math.min(RATE_SECONDS, now - Math.floorDiv(since, 1000L)));
    return new Counters(
        since,
        rounded(10, inRateWindow, watched),
        total.all(),
        total.known(),
        total.unknown(),
        total.undecodable(),
        recent.all(),
        recent.known(),
        recent.unknown(),
        percentile(sorted, 0.50),
        percentile(sorted, 0.95),
        List.copyOf(shares));
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }

  private static double rounded(int steps, long part, long whole) {
    return Math.round((double) steps * part / whole) / (double) steps;
  }

  private static long percentile(long[] sorted, double share) {
    if (sorted.length == 0) {
      return -1;
    }
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
