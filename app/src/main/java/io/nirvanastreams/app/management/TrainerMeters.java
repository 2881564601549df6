package io.nirvanastreams.app.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.nirvanastreams.trainer.retrain.RetrainingStatus;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Shows where a retraining service stands. {@link #update} is for one thread. */
public final class TrainerMeters {
  private final MeterRegistry meters;
  private final String model;
  private final MultiGauge images;
  private volatile RetrainingStatus status;

  /** Shows this, and what {@link #update} says after it. */
  public TrainerMeters(MeterRegistry meters, String model, RetrainingStatus status) {
    this.meters = meters;
    this.model = model;
    this.status = status;
    images =
        MultiGauge.builder("nirvana.trainer.images")
            .tag("model", model)
            .description("Labelled images kept, by class")
            .register(meters);
    result("published", now -> now.published());
    result("refused", now -> now.refused() - now.failed());
    result("failed", now -> now.failed());
    FunctionTimer.builder(
            "nirvana.trainer.learning",
            this,
            of -> (long) of.status.published() + of.status.refused(),
            of -> of.status.learningTime().toNanos(),
            TimeUnit.NANOSECONDS)
        .tag("model", model)
        .description("Learning a version, from its images to its publication")
        .register(meters);
    gauge("nirvana.trainer.busy", "1 while a version is learned", RetrainingStatus::learning);
    gauge(
        "nirvana.trainer.caught.up",
        "1 once all labels that were there at the start are read",
        RetrainingStatus::caughtUp);
    gauge(
        "nirvana.trainer.stopped",
        "1 when the service stopped by itself",
        now -> !now.failure().isEmpty());
    update(status);
  }

  /** The service stands here now. */
  public void update(RetrainingStatus now) {
    status = now;
    images.register(
        now.images().entrySet().stream()
            .map(
                entry ->
                    MultiGauge.Row.of(
                        Tags.of("class", entry.getKey()), entry.getValue().doubleValue()))
            .toList(),
        true);
  }

  private void result(String result, ToDoubleFunction<RetrainingStatus> count) {
    FunctionCounter.builder("nirvana.trainer.versions", this, of -> count.applyAsDouble(of.status))
        .tag("model", model)
        .tag("result", result)
        .description("Versions learned, by what came of them")
        .register(meters);
  }

  private void gauge(String name, String description, Predicate<RetrainingStatus> is) {
    Gauge.builder(name, this, of -> is.test(of.status) ? 1 : 0)
        .tag("model", model)
        .description(description)
        .register(meters);
  }
}
