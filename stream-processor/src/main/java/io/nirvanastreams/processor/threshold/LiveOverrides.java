package io.nirvanastreams.processor.threshold;

import io.nirvanastreams.records.BadRecordException;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.OverrideRecords;
import io.nirvanastreams.schemas.ThresholdOverride;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The threshold overrides of one model: which target holds for an image of some record time.
 *
 * <p>Of those in force at that time the one with source and class wins, then the source's, then the
 * class's, then the one for all; one that gives no value leaves it to the next. A function of the
 * records and the record time, so that every instance and every replay gives the same answer. A
 * record that may not be is reported, and what held before goes on.
 *
 * <p>Records are taken by one thread; targets are asked for by any.
 */
public final class LiveOverrides {
  private final String modelName;
  private final Consumer<String> refused;
  private final Map<String, ThresholdOverride> byKey = new HashMap<>();
  private volatile Map<Scope, NavigableMap<Long, ThresholdOverride>> byScope = Map.of();

  /**
   * No override yet.
   *
   * @param refused told in one sentence why a record is left out
   */
  public LiveOverrides(String modelName, Consumer<String> refused) {
    this.modelName = modelName;
    this.refused = refused;
  }

  private record Scope(String sourceId, String className) {}

  /** Takes a record of the overrides topic; null is a deletion. */
  public void override(String key, ThresholdOverride override) {
    if (!key.startsWith(ModelKeys.override(modelName, ""))) {
      return;
    }
    if (override == null) {
      byKey.remove(key);
    } else {
      try {
        OverrideRecords.check(override);
      } catch (BadRecordException e) {
        refused.accept(e.getMessage() + "; the thresholds before stay");
        return;
      }
      byKey.put(key, override);
    }
    Map<Scope, NavigableMap<Long, ThresholdOverride>> next = new HashMap<>();
    for (ThresholdOverride one : OverrideRecords.inOrder(byKey.values())) {
      next.computeIfAbsent(new Scope(one.getSourceId(), one.getClassName()), any -> new TreeMap<>())
          .put(one.getEffectiveFrom().toEpochMilli(), one);
    }
    byScope = next;
  }

  /** The target share of known images answered unknown. */
  public Target alpha(String sourceId, String className, long recordTime, double byDefault) {
    return find(
        List.of(
            new Scope(sourceId, className),
            new Scope(sourceId, ""),
            new Scope("", className),
            new Scope("", "")),
        recordTime,
        ThresholdOverride::getAlpha,
        byDefault);
  }

  /** The target share of false alarms among the alarms of a source; 0 for no budget. */
  public Target alarmBudget(String sourceId, long recordTime, double byDefault) {
    return find(
        List.of(new Scope(sourceId, ""), new Scope("", "")),
        recordTime,
        ThresholdOverride::getAlarmBudget,
        byDefault);
  }

  private Target find(
      List<Scope> scopes,
      long recordTime,
      Function<ThresholdOverride, Double> value,
      double byDefault) {
    Map<Scope, NavigableMap<Long, ThresholdOverride>> now = byScope;
    if (!now.isEmpty()) {
      for (Scope scope : scopes) {
        NavigableMap<Long, ThresholdOverride> times = now.get(scope);
        Map.Entry<Long, ThresholdOverride> entry =
            times == null ? null : times.floorEntry(recordTime);
        Double found = entry == null ? null : value.apply(entry.getValue());
        if (found != null) {
          return new Target(found, entry.getValue().getOverrideId());
        }
      }
    }
    return Target.byDefault(byDefault);
  }
}
