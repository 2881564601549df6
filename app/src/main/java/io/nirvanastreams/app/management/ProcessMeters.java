package io.nirvanastreams.app.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * All meters of this process, those of the Java machine included, as Prometheus reads them. Safe
 * from any thread.
 */
public final class ProcessMeters implements AutoCloseable {
  /** Timers that are also shown as a distribution over these bounds. */
  private static final Set<String> DISTRIBUTIONS =
      Set.of("nirvana.decode", "nirvana.forward", "nirvana.queue.wait", "nirvana.model.swap.pause");

  private static final double[] BOUNDS_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000};

  /** One series for every broker of the cluster and client, which says little. */
  private static final String A_NODE = ".node.";

  private final PrometheusMeterRegistry registry;
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

  private ProcessMeters(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Meters of a process.
   *
   * @param component what the process is, such as processor
   * @param version of the product
   */
  public static ProcessMeters open(String component, String version) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry
        .config()
        .meterFilter(
            MeterFilter.deny(
                id -> id.getName().startsWith("kafka.") && id.getName().contains(A_NODE)))
        .meterFilter(new Distributions());
    ProcessMeters meters = new ProcessMeters(registry);
    meters.bind(new ClassLoaderMetrics());
    meters.bind(new JvmMemoryMetrics());
    meters.bind(new JvmGcMetrics());
    meters.bind(new JvmThreadMetrics());
    meters.bind(new ProcessorMetrics());
    meters.bind(new FileDescriptorMetrics());
    meters.bind(new UptimeMetrics());
    Gauge.builder("nirvana.build", () -> 1)
        .tag("component", component)
        .tag("version", version)
        .description("Always 1; its labels say what runs")
        .register(registry);
    return meters;
  }

  /** The registry, for whoever has meters to show. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Shows these meters too; a binder that can be closed is closed with this. */
  public void bind(MeterBinder binder) {
    binder.bindTo(registry);
    if (binder instanceof AutoCloseable closeable) {
      toClose.push(closeable);
    }
  }

  /** All of them now, in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    for (AutoCloseable one : toClose) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException("a meter did not close", e);
      }
    }
    registry.close();
  }

  private static final class Distributions implements MeterFilter {
    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      if (!DISTRIBUTIONS.contains(id.getName())) {
        return config;
      }
      double[] nanos = new double[BOUNDS_MILLIS.length];
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = Duration.ofMillis((long) BOUNDS_MILLIS[i]).toNanos();
      }
      return DistributionStatisticConfig.builder()
          .serviceLevelObjectives(nanos)
          .build()
          .merge(config);
    }
  }
}
