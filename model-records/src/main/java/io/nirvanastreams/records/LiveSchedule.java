package io.nirvanastreams.records;

import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which version of a model answers at which record time: the LIVE promotion with the greatest
 * effectiveFrom that is not after it; of two with the same, the higher version. A function of the
 * promotions alone, so that every instance and every replay answers the same. Immutable; safe from
 * any thread.
 */
public final class LiveSchedule {
  private final NavigableMap<Instant, Integer> versions;

  private LiveSchedule(NavigableMap<Instant, Integer> versions) {
    this.versions = versions;
  }

  /** The schedule of one model out of promotions of any models. */
  public static LiveSchedule of(String modelName, Collection<Promotion> promotions) {
    NavigableMap<Instant, Integer> versions = new TreeMap<>();
    for (Promotion promotion : promotions) {
      if (promotion.getName().equals(modelName) && promotion.getRole() == ModelRole.LIVE) {
        versions.merge(promotion.getEffectiveFrom(), promotion.getVersion(), Math::max);
      }
    }
    return new LiveSchedule(versions);
  }

  /** The version that answers images of this record time; empty before the first one. */
  public OptionalInt at(Instant recordTime) {
    Map.Entry<Instant, Integer> entry = versions.floorEntry(recordTime);
    return entry == null ? OptionalInt.empty() : OptionalInt.of(entry.getValue());
  }

  /** The version that answered before the one of this record time; empty when it is the first. */
  public OptionalInt before(Instant recordTime) {
    Map.Entry<Instant, Integer> entry = versions.floorEntry(recordTime);
    Map.Entry<Instant, Integer> previous =
        entry == null ? null : versions.lowerEntry(entry.getKey());
    return previous == null ? OptionalInt.empty() : OptionalInt.of(previous.getValue());
  }
}
