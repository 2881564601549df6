package io.nirvanastreams.app.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.Outcome;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final long START = 1_000_000;
  private final Meter meter = new Meter(START);

  @Test
  void shouldCountByOutcomeAndForgetTheSecondsAfterAMinute() {
    meter.add(Outcome.KNOWN, 10, START);
    meter.add(Outcome.KNOWN, 10, START);
    meter.add(Outcome.UNKNOWN, 10, START);
    meter.add(Outcome.UNDECODABLE, 10, START);
    assertThat(meter.read(START).recentUnknown()).isEqualTo(1);

    Counters later = meter.read(START + 60_000);

    assertThat(later.recentAnswered()).isZero();
    assertThat(later.answered()).isEqualTo(4);
    assertThat(later.known()).isEqualTo(2);
    assertThat(later.unknown()).isEqualTo(1);
    assertThat(later.undecodable()).isEqualTo(1);
  }

  @Test
  void shouldAverageTheRateOverTenFullSeconds() {
    for (int i = 0; i < 400; i++) {
      meter.add(Outcome.KNOWN, 10, START + i * 50L);
    }

    assertThat(meter.read(START + 20_000).imagesPerSecond()).isEqualTo(20.0);
  }

  @Test
  void shouldGiveTheShareOfUnknownsPerSecondWithGaps() {
    meter.add(Outcome.UNKNOWN, 10, START);
    meter.add(Outcome.KNOWN, 10, START);
    meter.add(Outcome.UNKNOWN, 10, START + 2000);

    assertThat(meter.read(START + 2000).unknownShare())
        .hasSize(Meter.SECONDS)
        .endsWith(-1.0, 0.5, -1.0, 1.0);
  }

  @Test
  void shouldGiveExactPercentilesOfLatency() {
    assertThat(meter.read(START).p50Millis()).isEqualTo(-1);
    for (int millis = 100; millis >= 1; millis--) {
      meter.add(Outcome.KNOWN, millis, START);
    }

    assertThat(meter.read(START).p50Millis()).isEqualTo(50);
    assertThat(meter.read(START).p95Millis()).isEqualTo(95);
  }
}
