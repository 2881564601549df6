package io.nirvanastreams.processor.batch;

import io.nirvanastreams.processor.Counters;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how near a consumer comes to the end of its poll interval, at which the group would throw
 * it out. One per consumer; for its thread.
 */
public final class PollWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PollWatch.class);
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(5);
  private static final int SHARE_FOR_WAITING = 10;
  private static final int SHARE_TO_WARN_AT = 4;
  private static final long BETWEEN_WARNINGS = Duration.ofMinutes(1).toNanos();

  private final long intervalNanos;
  private final Counters counters;
  private long last;
  private int records;
  private long warned = System.nanoTime() - BETWEEN_WARNINGS;

  PollWatch(Duration interval, Counters counters) {
    this.intervalNanos = interval.toNanos();
    this.counters = counters;
  }

  /** The longest time between two polls that a consumer with these settings may take. */
  public static Duration interval(Map<String, ?> consumer) {
    Object millis = consumer.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
    return millis == null
        ? DEFAULT_INTERVAL
        : Duration.ofMillis(Long.parseLong(String.valueOf(millis)));
  }

  /** How long a poll waits for room in the scheduler: a small part of the interval. */
  public static Duration patience(Duration interval) {
    return interval.dividedBy(SHARE_FOR_WAITING);
  }

  /** A poll returned so many records. */
  void polled(int count) {
    long now = System.nanoTime();
    if (records > 0) {
      long taken = now - last;
      counters.polled(taken);
      if (taken > intervalNanos / SHARE_TO_WARN_AT && now - warned > BETWEEN_WARNINGS) {
        warned = now;
        LOG.warn(
            "{} images took {} ms, max.poll.interval.ms is {}: lower poll.records or raise it, or"
                + " the group throws this instance out",
            records,
            taken / 1_000_000,
            intervalNanos / 1_000_000);
      }
    }
    last = now;
    records = count;
  }
}
