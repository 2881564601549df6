package io.nirvanastreams.app.recalibrate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecalibratorTest {
  @Test
  void shouldNumberWhatFollowsACalibration() {
    assertThat(Recalibrator.next("default-1")).isEqualTo("default-1-r1");
    assertThat(Recalibrator.next("default-1-r9")).isEqualTo("default-1-r10");
  }
}
