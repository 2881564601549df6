package io.nirvanastreams.app.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nirvanastreams.app.console.view.ConsoleState;
import io.nirvanastreams.app.console.view.Counters;
import io.nirvanastreams.app.console.view.GroupCard;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Shows what a console sees: answers, whatever instance gave them, and groups by where they stand.
 * Safe from any thread.
 */
public final class ConsoleMeters {
  private final MeterRegistry meters;
  private volatile ConsoleState state;

  /** Shows this, and what {@link #update} says after it. */
  public ConsoleMeters(MeterRegistry meters, ConsoleState state) {
    this.meters = meters;
    this.state = state;
    answers("known", Counters::known);
    answers("unknown", Counters::unknown);
    answers("undecodable", Counters::undecodable);
    for (GroupCard.Stage stage : GroupCard.Stage.values()) {
      Gauge.builder("nirvana.console.groups", this, of -> of.groups(stage))
          .tag("stage", stage.name().toLowerCase(Locale.ROOT))
          .description("Groups of unknowns, by where they stand")
          .register(meters);
    }
    gauge(
        "nirvana.console.latency.median.seconds",
        "Median from capture to answer of the latest answers; negative without any",
        now -> now.counters().p50Millis() / 1e3);
    gauge(
        "nirvana.console.latency.p95.seconds",
        "95th percentile of the same",
        now -> now.counters().p95Millis() / 1e3);
    gauge(
        "nirvana.console.live.version",
        "Model version that is live; -1 while none is",
        now -> now.liveVersion());
    gauge(
        "nirvana.console.blind",
        "1 while the console gets no records",
        now -> now.problem().isEmpty() ? 0 : 1);
  }

  /** The console sees this now. */
  public void update(ConsoleState now) {
    state = now;
  }

  private double groups(GroupCard.Stage stage) {
    return state.groups().stream().filter(card -> card.stage() == stage).count();
  }

  private void answers(String outcome, ToDoubleFunction<Counters> count) {
    FunctionCounter.builder(
            "nirvana.console.answers", this, of -> count.applyAsDouble(of.state.counters()))
        .tag("outcome", outcome)
        .description("Answers seen since the console started")
        .register(meters);
  }

  private void gauge(String name, String description, ToDoubleFunction<ConsoleState> value) {
    Gauge.builder(name, this, of -> value.applyAsDouble(of.state))
        .description(description)
        .register(meters);
  }
}
