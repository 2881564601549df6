package io.nirvanastreams.processor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nirvanastreams.openset.calibration.FalseUnknownRate;
import io.nirvanastreams.openset.calibration.FalseUnknownRate.Stratum;
import io.nirvanastreams.processor.model.LiveModels;
import io.nirvanastreams.schemas.AlarmGauge;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Shows the versions of a model, what happens to them, and the two gauges of CalibratedAlarms: the
 * target of the live calibration and what labels say of it. Safe for any thread.
 */
public final class ModelMeters {
  private final MeterRegistry meters;
  private final String modelName;
  private final Map<ModelEventKind, Counter> events = new EnumMap<>(ModelEventKind.class);
  private final Map<Integer, AlarmGauge> gauges = new ConcurrentHashMap<>();
  private final Timer load;
  private final Timer pause;

  /** All zero, shown by this registry. */
  public ModelMeters(MeterRegistry meters, String modelName) {
    this.meters = meters;
    this.modelName = modelName;
    for (ModelEventKind kind : ModelEventKind.values()) {
      events.put(
          kind,
          Counter.builder("nirvana.model.events")
              .tag("model", modelName)
              .tag("kind", kind.name().toLowerCase(Locale.ROOT))
              .description("What happened to model versions on this instance")
              .register(meters));
    }
    load = timer("nirvana.model.load", "Loading, checking and warming a model version");
    pause = timer("nirvana.model.swap.pause", "From the last batch of a version to the next's");
    gauge("nirvana.alarm.measured", "False unknown rate by labels; NaN without", this::measured);
    gauge("nirvana.alarm.labels", "Labelled answers behind the false unknown rate", this::labels);
  }

  /** Shows what these models say. */
  public void watch(LiveModels models) {
    gauge(
        "nirvana.model.live.version",
        "Version that answers images of now; NaN while there is none",
        any -> models.liveVersion().stream().asDoubleStream().findFirst().orElse(Double.NaN));
    gauge(
        "nirvana.model.loaded", "Model versions in memory", any -> models.loadedVersions().size());
    gauge("nirvana.model.refused", "Model versions refused", any -> models.refused().size());
    gauge(
        "nirvana.alarm.target",
        "Target of the live calibration; NaN while there is none",
        any -> models.liveAlpha().orElse(Double.NaN));
  }

  /** Something happened to a version. */
  public void event(ModelEvent event) {
    Counter counter = events.get(event.getKind());
    if (counter == null) {
      return;
    }
    counter.increment();
    Duration duration = Duration.ofNanos((long) (event.getDurationMillis() * 1e6));
    if (event.getKind() == ModelEventKind.LOADED) {
      load.record(duration);
    } else if (event.getKind() == ModelEventKind.ACTIVATED) {
      pause.record(duration);
    }
  }

  /** A partition's counts of a calibration; those of a newer calibration take over. */
  public void measured(AlarmGauge gauge) {
    gauges.merge(
        gauge.getPartition(),
        gauge,
        (before, now) -> now.getVersion() < before.getVersion() ? before : now);
  }

  /** Over the partitions of this instance that count the newest version. */
  private Collection<AlarmGauge> newest() {
    int version = gauges.values().stream().mapToInt(AlarmGauge::getVersion).max().orElse(0);
    return gauges.values().stream().filter(one -> one.getVersion() == version).toList();
  }

  private double measured(Object any) {
    FalseUnknownRate rate =
        FalseUnknownRate.of(
            new Stratum(
                sum(AlarmGauge::getKnown),
                sum(AlarmGauge::getLabelledKnown),
                sum(AlarmGauge::getLabelledKnownOfClasses)),
            new Stratum(
                sum(AlarmGauge::getUnknown),
                sum(AlarmGauge::getLabelledUnknown),
                sum(AlarmGauge::getLabelledUnknownOfClasses)));
    return rate.rate();
  }

  private double labels(Object any) {
    return sum(gauge -> gauge.getLabelledKnown() + gauge.getLabelledUnknown());
  }

  private long sum(ToLongFunction<AlarmGauge> count) {
    return newest().stream().mapToLong(count).sum();
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name).tag("model", modelName).description(description).register(meters);
  }

  private void gauge(String name, String description, ToDoubleFunction<Object> value) {
    Gauge.builder(name, this, value::applyAsDouble)
        .tag("model", modelName)
        .strongReference(true)
        .description(description)
        .register(meters);
  }
}
