package io.nirvanastreams.openset.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.openset.decision.ConformalBound;
import io.nirvanastreams.openset.decision.DecisionRules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlarmBoundTest {
  private static OpenSetCalibration calibration(String method, int... sizes) {
    List<ClassCalibration> classes =
        IntStream.range(0, sizes.length)
            .mapToObj(
                c ->
                    new ClassCalibration(
                        "c" + c,
                        IntStream.range(0, sizes[c]).mapToDouble(i -> i).toArray(),
                        new float[0][]))
            .toList();
    return new OpenSetCalibration("v", 0.05, method, "raw", Map.of(), classes);
  }

  @Test
  void shouldBeThatOfItsClassesWhenEachHasEnoughScores() {
    assertThat(
            AlarmBound.of(
                calibration(DecisionRules.CONFORMAL, 200, 300), new long[] {100, 50}, 0.99))
        .isEqualTo(ConformalBound.upper(new int[] {200, 300}, 0.05, new long[] {100, 50}, 0.99));
  }

  @Test
  void shouldCountClassesThatArePooledAsOne() {
    assertThat(
            AlarmBound.of(calibration(DecisionRules.CONFORMAL, 15, 15), new long[] {60, 40}, 0.99))
        .isEqualTo(ConformalBound.upper(30, 0.05, 100, 0.99))
        .isGreaterThan(0.05);
  }

  @Test
  void shouldCountAllClassesAsOneWhenGlobal() {
    assertThat(
            AlarmBound.of(
                calibration(DecisionRules.CONFORMAL_GLOBAL, 200, 300), new long[] {100, 50}, 0.99))
        .isEqualTo(ConformalBound.upper(500, 0.05, 150, 0.99));
  }

  @Test
  void shouldPromiseNothingForOtherMethodsOrWithoutImages() {
    String[] others =
        DecisionRules.names().stream()
            .filter(name -> !DecisionRules.conformal(name))
            .toArray(String[]::new);
    assertThat(others).isNotEmpty();
    assertThat(
            Arrays.stream(others)
                .map(name -> AlarmBound.of(calibration(name, 50), new long[] {9}, 0.99)))
        .allMatch(bound -> Double.isNaN(bound));
    assertThat(AlarmBound.of(calibration(DecisionRules.CONFORMAL, 50), new long[1], 0.99)).isNaN();
  }
}
