package io.nirvanastreams.app.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Duration DURATION = Duration.ofMinutes(8);

  @Test
  void shouldComeAgainFromItsSeed() {
    assertThat(FaultPlan.of(settings(4), true)).isEqualTo(FaultPlan.of(settings(4), true));
    assertThat(FaultPlan.of(settings(4), true)).isNotEqualTo(FaultPlan.of(settings(5), true));
  }

  @Test
  void shouldHaveEveryFaultInTimeAndInOrder() {
    List<PlannedFault> plan = FaultPlan.of(settings(4), true);

    for (FaultKind kind : FaultKind.values()) {
      assertThat(of(kind, plan)).as(kind.words()).hasSize(settings(4).times(kind)).isNotEmpty();
    }
    assertThat(plan).extracting(PlannedFault::at).isSorted();
    assertThat(plan).allMatch(fault -> fault.at().compareTo(DURATION) < 0);
  }

  @Test
  void shouldHaveOneBrokerDownAtMost() {
    for (int seed = 0; seed < 50; seed++) {
      List<PlannedFault> kills = of(FaultKind.KILL_BROKER, FaultPlan.of(settings(seed), true));
      for (int i = 1; i < kills.size(); i++) {
        PlannedFault before = kills.get(i - 1);
        assertThat(before.at().plus(before.lasts())).isLessThan(kills.get(i).at());
      }
    }
  }

  @Test
  void shouldLeaveBrokersOfOthersAlone() {
    assertThat(FaultPlan.of(settings(4), false))
        .isNotEmpty()
        .noneMatch(fault -> fault.kind().needsOwnBrokers());
  }

  @Test
  void shouldHaveEveryKindInTheShortestTrialThatIsMeantToHaveIt() {
    Map<FaultKind, Integer> times = FaultPlan.times(0.4, 3);

    assertThat(times).containsEntry(FaultKind.KILL_PROCESSOR, 3);
    assertThat(times.get(FaultKind.KILL_BROKER)).isEqualTo(1);
    assertThat(times.get(FaultKind.BREAK_MODEL)).isEqualTo(1);
    assertThat(times.get(FaultKind.KILL_PUBLISHER)).isEqualTo(1);
    assertThat(times.get(FaultKind.SWAP_MODEL)).isEqualTo(2);
  }

  private static List<PlannedFault> of(FaultKind kind, List<PlannedFault> plan) {
    return plan.stream().filter(fault -> fault.kind() == kind).toList();
  }

  private static TrialSettings settings(long seed) {
    return new TrialSettings(1000, 50, 8, 3, DURATION, FaultPlan.times(8, 30), seed);
  }
}
