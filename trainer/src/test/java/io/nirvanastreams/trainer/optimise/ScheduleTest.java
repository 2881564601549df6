package io.nirvanastreams.trainer.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void shouldFallByAFactorEverySoManySteps() {
    Schedule schedule = new StepSchedule(0.1, 3, 0.5);

    assertThat(schedule.at(0)).isEqualTo(0.1);
    assertThat(schedule.at(2)).isEqualTo(0.1);
    assertThat(schedule.at(3)).isCloseTo(0.05, within(1e-12));
    assertThat(schedule.at(6)).isCloseTo(0.025, within(1e-12));
  }

  @Test
  void shouldStayConstant() {
    assertThat(new ConstantSchedule(0.3).at(12345)).isEqualTo(0.3);
  }

  @Test
  void shouldWarmUpAlongALineAndThenRunTheOtherScheduleFromItsStart() {
    Schedule schedule = new WarmUp(4, new CosineSchedule(1, 10));

    assertThat(schedule.at(0)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.at(3)).isCloseTo(0.8, within(1e-12));
    assertThat(schedule.at(4)).isEqualTo(1);
    assertThat(schedule.at(9)).isCloseTo(0.5, within(1e-12));
    assertThat(new WarmUp(0, new ConstantSchedule(2)).at(0)).isEqualTo(2);
  }

  @Test
  void shouldRefuseWhatIsNoSchedule() {
    assertThatThrownBy(() -> new CosineSchedule(1, 0)).hasMessageContaining("at least one step");
    assertThatThrownBy(() -> new StepSchedule(1, 0, 0.1)).hasMessageContaining("1 or more");
    assertThatThrownBy(() -> new StepSchedule(1, 1, 2)).hasMessageContaining("2.0");
    assertThatThrownBy(() -> new WarmUp(-1, new ConstantSchedule(1))).hasMessageContaining("-1");
  }
}
