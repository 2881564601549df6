package io.nirvanastreams.processor.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.TestTopology;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.AlertKind;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.ThresholdOverride;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The unknown image has p-value 1/41: only a huge budget raises an alarm, and only at first. */
@Timeout(60)
class AlarmsOnStreamTest {
  @TempDir private Path folder;

  @Test
  void shouldKeepTheAnswerAndRaiseNoAlarmOutsideTheBudget() {
    try (TestTopology topology = open("0.1")) {
      Recognition answer = topology.answer("a", Samples.UNKNOWN, 5_000);

      assertThat(answer.getOutcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(answer.getAlarm()).isFalse();
      assertThat(answer.getAlarmLevel()).isLessThan(answer.getPValue());
      assertThat(topology.answer("b", Samples.BALL, 5_000).getAlarm()).isFalse();
    }
  }

  @Test
  void shouldLetASourceHaveItsOwnBudgetFromARecordTimeOn() {
    try (TestTopology topology = open("0")) {
      budget(topology, "camera", 0.99);

      assertThat(topology.answer("a", Samples.UNKNOWN, 5_000).getAlarm()).isNull();
      assertThat(topology.answer("b", Samples.UNKNOWN, 6_000).getAlarm()).isTrue();
    }
  }

  @Test
  void shouldHoldBackAlertsUntilAnImageRaisesAnAlarm() {
    try (TestTopology topology = open("0.1")) {
      for (int i = 0; i < 5; i++) {
        topology.answer("u" + i, Samples.UNKNOWN, 5_000 + i);
      }
      assertThat(topology.read(topology.topics.alerts(), Alert.class)).isEmpty();
      budget(topology, "gate", 0.99);
      ImageEvent first = Samples.event("g", Samples.UNKNOWN);
      first.setSourceId("gate");
      assertThat(topology.answer(first, 6_000).getAlarm()).isTrue();

      assertThat(topology.read(topology.topics.alerts(), Alert.class))
          .extracting(alert -> alert.value().getKind(), alert -> alert.value().getSize())
          .containsExactly(tuple(AlertKind.BORN, 6L));
    }
  }

  private static void budget(TestTopology topology, String source, double budget) {
    topology.control(
        topology.topics.overrides(),
        ModelKeys.override(Samples.MODEL, "o1"),
        ThresholdOverride.newBuilder()
            .setName(Samples.MODEL)
            .setOverrideId("o1")
            .setSourceId(source)
            .setAlarmBudget(budget)
            .setEffectiveFrom(Instant.ofEpochMilli(6_000))
            .build());
  }

  private TestTopology open(String budget) {
    return new TestTopology(
        folder,
        Map.of("alarms.enabled", "true", "alarms.budget", budget, "grouping.minimum.size", "3"));
  }
}
