package io.nirvanastreams.app.alerts;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of a channel's alerts. Safe from any thread. */
public final class ForwardCounts {
  private final String channel;
  private final Map<Delivery.Outcome, LongAdder> outcomes = new EnumMap<>(Delivery.Outcome.class);
  private final LongAdder failedAttempts = new LongAdder();

  /** Nothing yet. */
  public ForwardCounts(String channel) {
    this.channel = channel;
    for (Delivery.Outcome outcome : Delivery.Outcome.values()) {
      outcomes.put(outcome, new LongAdder());
    }
  }

  void add(Delivery.Outcome outcome) {
    outcomes.get(outcome).increment();
  }

  void addFailedAttempt() {
    failedAttempts.increment();
  }

  /** Alerts with an outcome so far. */
  public long of(Delivery.Outcome outcome) {
    return outcomes.get(outcome).sum();
  }

  /** Attempts that failed so far. */
  public long failedAttempts() {
    return failedAttempts.sum();
  }

  /** Alerts in Prometheus' text format, without the help lines. */
  String alertSamples() {
    StringBuilder text = new StringBuilder();
    outcomes.forEach(
        (outcome, count) ->
            text.append("nirvana_alerts_forwarded_total{channel=\"")
                .append(channel)
                .append("\",outcome=\"")
                .append(outcome.name().toLowerCase(Locale.ROOT))
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
    return text.toString();
  }

  /** Failed attempts in the same format. */
  String attemptSamples() {
    return "nirvana_alerts_failed_attempts_total{channel=\""
        + channel
        + "\"} "
        + failedAttempts()
        + "\n";
  }

  /** In words. */
  @Override
  public String toString() {
    return channel
        + ": "
        + of(Delivery.Outcome.SENT)
        + " sent, "
        + of(Delivery.Outcome.COOLED)
        + " held back, "
        + of(Delivery.Outcome.SETTLED)
        + " settled, "
        + of(Delivery.Outcome.DEAD)
        + " given up";
  }
}
