package io.nirvanastreams.records;

import io.nirvanastreams.schemas.ThresholdOverride;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What threshold overrides may say and which of them holds. Stateless. */
public final class OverrideRecords {
  private static final Comparator<ThresholdOverride> LATER =
      Comparator.comparing(ThresholdOverride::getEffectiveFrom)
          .thenComparing(ThresholdOverride::getOverrideId);

  private OverrideRecords() {}

  /**
   * Checks a record.
   *
   * @throws BadRecordException when it says what no override may say
   */
  public static void check(ThresholdOverride override) {
    Double alpha = override.getAlpha();
    Double budget = override.getAlarmBudget();
    if (override.getName().isEmpty() || override.getOverrideId().isEmpty()) {
      throw bad(override, "it names no model or has no id");
    }
    if (alpha != null && !(alpha > 0 && alpha < 1)) {
      throw bad(override, "alpha must lie between 0 and 1, was " + alpha);
    }
    if (budget != null && !(budget >= 0 && budget < 1)) {
      throw bad(override, "the alarm budget must be at least 0 and below 1, was " + budget);
    }
    if (budget != null && !override.getClassName().isEmpty()) {
      throw bad(override, "an alarm budget is for a source, not for a class");
    }
  }

  /** The override in force for exactly this source and class at a time; empty texts mean every. */
  public static Optional<ThresholdOverride> inForce(
      Collection<ThresholdOverride> overrides, String sourceId, String className, long timeMillis) {
    return overrides.stream()
        .filter(
            one ->
                one.getSourceId().equals(sourceId)
                    && one.getClassName().equals(className)
                    && one.getEffectiveFrom().toEpochMilli() <= timeMillis)
        .max(LATER);
  }

  /** The records in the order in which they hold. */
  public static List<ThresholdOverride> inOrder(Collection<ThresholdOverride> overrides) {
    List<ThresholdOverride> ordered = new ArrayList<>(overrides);
    ordered.sort(LATER);
    return ordered;
  }

  private static BadRecordException bad(ThresholdOverride override, String why) {
    return new BadRecordException("override '" + override.getOverrideId() + "': " + why);
  }
}
