package io.nirvanastreams.records;

import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Which candidate is canary for a source, or shadow for an image, at which record time. A role
 * lasts from its effectiveFrom until a later decision of the same role on the version, or until it
 * is retired or made live. A function of the decisions alone, so that every instance and every
 * replay answers the same. Immutable; safe from any thread.
 */
public final class CandidateSchedule {
  private final List<Period> newestFirst;

  private CandidateSchedule(List<Period> newestFirst) {
    this.newestFirst = newestFirst;
  }

  private record Period(Promotion decision, long fromMillis, long untilMillis) {
    boolean holds(long recordTime) {
      return fromMillis <= recordTime && recordTime < untilMillis;
    }

    boolean takes(String id) {
      return decision.getSources().contains(id)
          || Sampling.takes(id, Integer.toString(decision.getVersion()), decision.getShare());
    }
  }

  /**
   * The schedule of one role and model.
   *
   * @param role CANARY, asked for by source, or SHADOW, asked for by event
   * @param decisions on any models
   */
  public static CandidateSchedule of(
      ModelRole role, String modelName, Collection<Promotion> decisions) {
    List<Period> periods = new ArrayList<>();
    for (Promotion decision : decisions) {
      if (decision.getRole() == role && decision.getName().equals(modelName)) {
        long from = decision.getEffectiveFrom().toEpochMilli();
        periods.add(new Period(decision, from, end(decision, decisions)));
      }
    }
    periods.sort(
        Comparator.comparingLong(Period::fromMillis)
            .thenComparingInt(period -> period.decision().getVersion())
            .reversed());
    return new CandidateSchedule(List.copyOf(periods));
  }

  /** The candidate of an id; of several the one decided on last, empty when there is none. */
  public OptionalInt at(String id, long recordTime, IntPredicate usable) {
    for (Period period : newestFirst) {
      int version = period.decision().getVersion();
      if (period.holds(recordTime) && usable.test(version) && period.takes(id)) {
        return OptionalInt.of(version);
      }
    }
    return OptionalInt.empty();
  }

  /** Whether a version has the role at a time or later. */
  public boolean wanted(int version, long sinceMillis) {
    return newestFirst.stream()
        .anyMatch(
            period ->
                period.decision().getVersion() == version && period.untilMillis() > sinceMillis);
  }

  /** The decisions that hold at a time. */
  public List<Promotion> holding(long recordTime) {
    return newestFirst.stream()
        .filter(period -> period.holds(recordTime))
        .map(Period::decision)
        .toList();
  }

  private static long end(Promotion begin, Collection<Promotion> decisions) {
    return decisions.stream()
        .filter(one -> !one.equals(begin) && one.getName().equals(begin.getName()))
        .filter(one -> one.getVersion() == begin.getVersion() && ends(begin, one))
        .mapToLong(one -> one.getEffectiveFrom().toEpochMilli())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static boolean ends(Promotion begin, Promotion other) {
    boolean later = other.getEffectiveFrom().isAfter(begin.getEffectiveFrom());
    boolean atOnce = other.getEffectiveFrom().equals(begin.getEffectiveFrom());
    return switch (other.getRole()) {
      case LIVE, RETIRED -> later || atOnce;
      case CANARY, SHADOW ->
          other.getRole() == begin.getRole()
              && (later || (atOnce && other.getDecidedAt().isAfter(begin.getDecidedAt())));
      default -> false;
    };
  }
}
