package io.nirvanastreams.app.watch;

import io.nirvanastreams.app.management.Health;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How a watch is doing, for those who run it: it is ready while it sees what it decides by. Safe
 * from any thread.
 */
public final class WatchState {
  private static final String LOOKS_HELP =
      """
      # HELP nirvana_watch_looks_total Looks at the rules, by whether the cluster answered.
      # TYPE nirvana_watch_looks_total counter
      """;

  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile boolean seeing;
  private volatile Map<String, String> seen = Map.of();

  /**
   * A look is over.
   *
   * @param lines what it had to say
   */
  public void looked(Collection<String> lines) {
    tell(lines);
    seeing = true;
    done.incrementAndGet();
  }

  /**
   * A look could not be finished, and will be tried again.
   *
   * @param lines what it had to say
   */
  public void failed(Collection<String> lines) {
    tell(lines);
    seeing = false;
    failed.incrementAndGet();
  }

  /** Started with the first look that was finished, ready while the latest one was. */
  public Health health() {
    return new Health(done.get() > 0, true, seeing, seen);
  }

  /** The looks, in Prometheus' text format. */
  public String metrics() {
    return LOOKS_HELP
        + "nirvana_watch_looks_total{outcome=\"done\"} %d%n".formatted(done.get())
        + "nirvana_watch_looks_total{outcome=\"failed\"} %d%n".formatted(failed.get());
  }

  private void tell(Collection<String> lines) {
    Map<String, String> numbered = new TreeMap<>();
    AtomicInteger number = new AtomicInteger();
    lines.forEach(line -> numbered.put("verdict " + number.incrementAndGet(), line));
    seen = numbered;
  }
}
