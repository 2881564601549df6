package io.nirvanastreams.app.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * When which fault happens: a function of the settings alone, so that a seed gives the same plan
 * again. The times of each kind are spread over the trial, each at a random place in its share.
 * Stateless.
 */
final class FaultPlan {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Beyond the session timeout of a processor, so that its work is given to others. */
  private static final Duration FROZEN = Duration.ofSeconds(9);

  private FaultPlan() {}

  /**
   * The plan, earliest first.
   *
   * @param ownBrokers whether brokers may be harmed
   */
  static List<PlannedFault> of(TrialSettings settings, boolean ownBrokers) {
    List<PlannedFault> plan = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      if (ownBrokers || !kind.needsOwnBrokers()) {
        plan.addAll(of(kind, settings));
      }
    }
    plan.sort(Comparator.comparing(PlannedFault::at));
    return List.copyOf(plan);
  }

  /** How often each kind happens in a trial of so many minutes, kills of processors apart. */
  static Map<FaultKind, Integer> times(double minutes, int kills) {
    Map<FaultKind, Integer> times = new EnumMap<>(FaultKind.class);
    times.put(FaultKind.KILL_PROCESSOR, kills);
    times.put(FaultKind.ROLL_PROCESSORS, every(3, minutes, 1));
    times.put(FaultKind.FREEZE_PROCESSOR, every(3, minutes, 0));
    times.put(FaultKind.REBALANCE, every(2, minutes, 1));
    times.put(FaultKind.SWAP_MODEL, every(0.5, minutes, 2));
    times.put(FaultKind.BREAK_MODEL, every(2, minutes, 1));
    times.put(FaultKind.KILL_PUBLISHER, every(2, minutes, 1));
    times.put(FaultKind.KILL_BROKER, every(1.5, minutes, 1));
    times.put(FaultKind.ROLL_BROKER, every(4, minutes, 0));
    times.put(FaultKind.SLOW_BROKER, every(1.5, minutes, 1));
    return times;
  }

  private static int every(double interval, double minutes, int atLeast) {
    return Math.max(atLeast, (int) Math.round(minutes / interval));
  }

  private static List<PlannedFault> of(FaultKind kind, TrialSettings settings) {
    // A generator a kind: one fault more of one kind leaves the others where they were.
    Random random = new Random(settings.seed() * 31 + kind.name().hashCode());
    int times = settings.times(kind);
    List<PlannedFault> faults = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long share = settings.duration().toMillis() / times;
      long at = i * share + (long) (random.nextDouble() * share * startsWithin(kind));
      faults.add(
          new PlannedFault(
              kind,
              Duration.ofMillis(at),
              lasts(kind, Duration.ofMillis(share), random),
              random.nextInt(1 << 20)));
    }
    return faults;
  }

  /** What lasts must be over before the next one of its kind begins: one broker is down at most. */
  private static double startsWithin(FaultKind kind) {
    return kind.needsOwnBrokers() ? 0.5 : 1;
  }

  private static Duration lasts(FaultKind kind, Duration share, Random random) {
    if (kind == FaultKind.FREEZE_PROCESSOR) {
      return FROZEN;
    }
    long longest = Math.min(LONGEST.toMillis(), share.toMillis() * 4 / 10);
    return Duration.ofMillis(longest / 2 + (long) (random.nextDouble() * longest / 2));
  }
}
