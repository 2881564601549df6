package io.nirvanastreams.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class EarlyStopTest {
  private static List<EpochResult> curve(double... accuracies) {
    return DoubleStream.of(accuracies)
        .mapToObj(accuracy -> new EpochResult(1, 0, 0, accuracy, 0, 0))
        .toList();
  }

  @Test
  void shouldStopAfterSoManyEpochsWithoutABetterOne() {
    EarlyStop stop = new EarlyStop(2);

    assertThat(stop.reached(List.of())).isFalse();
    assertThat(stop.reached(curve(0.5, 0.4))).isFalse();
    assertThat(stop.reached(curve(0.5, 0.4, 0.5))).isTrue(); // as good is not better
    assertThat(stop.reached(curve(0.5, 0.4, 0.6))).isFalse();
    assertThat(stop.reached(curve(0.5, 0.4, 0.6, 0.6, 0.55))).isTrue();
  }

  @Test
  void shouldNeverStopWhenItIsOff() {
    assertThat(new EarlyStop(0).reached(curve(0.5, 0.4, 0.3, 0.2))).isFalse();
  }
}
