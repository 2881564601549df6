package io.nirvanastreams.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveScheduleTest {
  private final LiveSchedule schedule =
      LiveSchedule.of("clothes", List.of(Samples.live(2, 200), Samples.live(1, 100)));

  @Test
  void shouldAnswerByRecordTime() {
    assertThat(schedule.at(Instant.ofEpochMilli(99))).isEmpty();
    assertThat(schedule.at(Instant.ofEpochMilli(100))).hasValue(1);
    assertThat(schedule.at(Instant.ofEpochMilli(199))).hasValue(1);
    assertThat(schedule.at(Instant.ofEpochMilli(200))).hasValue(2);
  }

  @Test
  void shouldNameTheVersionBefore() {
    assertThat(schedule.before(Instant.ofEpochMilli(250))).hasValue(1);
    assertThat(schedule.before(Instant.ofEpochMilli(150))).isEmpty();
  }

  @Test
  void shouldIgnoreOtherModels() {
    assertThat(LiveSchedule.of("shoes", List.of(Samples.live(1, 0))).at(Instant.now())).isEmpty();
  }

  @Test
  void shouldTakeTheHigherVersionOfTwoAtOneMoment() {
    LiveSchedule tie =
        LiveSchedule.of("clothes", List.of(Samples.live(3, 100), Samples.live(2, 100)));

    assertThat(tie.at(Instant.ofEpochMilli(100))).hasValue(3);
  }
}
