package io.nirvanastreams.app.clients;

import io.nirvanastreams.openset.calibration.FalseUnknownRate;
import io.nirvanastreams.openset.calibration.FalseUnknownRate.Stratum;
import io.nirvanastreams.schemas.AlarmGauge;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Reads what processors measured of their calibrations. Stateless. */
public final class Gauges {
  private Gauges() {}

  /**
   * A calibration's answers over all partitions.
   *
   * @param version of the model
   * @param thresholdVersion of the calibration
   * @param alpha its target
   * @param known answers known
   * @param unknown answers unknown
   */
  public record Gauge(
      int version, String thresholdVersion, double alpha, Stratum known, Stratum unknown) {
    /** What labels say of it. */
    public FalseUnknownRate rate() {
      return FalseUnknownRate.of(known, unknown);
    }
  }

  /** The gauges of a model, by version and calibration. */
  public static List<Gauge> read(ClusterAccess cluster, String modelName) {
    record Key(int version, String thresholdVersion) {}
    return Records.latest(cluster, cluster.topics().gauges(), AlarmGauge.class).values().stream()
        .filter(one -> one.getName().equals(modelName))
        .collect(Collectors.groupingBy(one -> new Key(one.getVersion(), one.getThresholdVersion())))
        .values()
        .stream()
        .map(Gauges::sum)
        .sorted(Comparator.comparingInt(Gauge::version).thenComparing(Gauge::thresholdVersion))
        .toList();
  }

  private static Gauge sum(List<AlarmGauge> partitions) {
    AlarmGauge any = partitions.get(0);
    return new Gauge(
        any.getVersion(),
        any.getThresholdVersion(),
        any.getAlpha(),
        new Stratum(
            sum(partitions, AlarmGauge::getKnown),
            sum(partitions, AlarmGauge::getLabelledKnown),
            sum(partitions, AlarmGauge::getLabelledKnownOfClasses)),
        new Stratum(
            sum(partitions, AlarmGauge::getUnknown),
            sum(partitions, AlarmGauge::getLabelledUnknown),
            sum(partitions, AlarmGauge::getLabelledUnknownOfClasses)));
  }

  private static long sum(Collection<AlarmGauge> gauges, ToLongFunction<AlarmGauge> count) {
    return gauges.stream().mapToLong(count).sum();
  }
}
