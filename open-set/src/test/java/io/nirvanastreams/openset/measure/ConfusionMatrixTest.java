package io.nirvanastreams.openset.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  @Test
  void shouldCountAndSummarise() {
    ConfusionMatrix matrix = new ConfusionMatrix(List.of("cat", "dog", "unknown"));
    add(matrix, 0, 0, 8);
    add(matrix, 0, 1, 2);
    add(matrix, 1, 1, 3);
    add(matrix, 1, 2, 1);
    assertThat(matrix.total()).isEqualTo(14);
    assertThat(matrix.count(0, 1)).isEqualTo(2);
    assertThat(matrix.accuracy()).isEqualTo(11 / 14.0);
    assertThat(matrix.recall(0)).isEqualTo(0.8);
    assertThat(matrix.precision(1)).isEqualTo(0.6);
    assertThat(matrix.recall(2)).isZero();
    double cat = 2 * 1 * 0.8 / 1.8;
    double dog = 2 * 0.6 * 0.75 / 1.35;
    assertThat(matrix.macroF1()).isCloseTo((cat + dog + 0) / 3, within(1e-12));
    assertThat(matrix.labels()).containsExactly("cat", "dog", "unknown");
  }

  @Test
  void shouldBeZeroWhenEmpty() {
    ConfusionMatrix matrix = new ConfusionMatrix(List.of("cat"));
    assertThat(matrix.accuracy()).isZero();
    assertThat(matrix.macroF1()).isZero();
  }

  private static void add(ConfusionMatrix matrix, int actual, int answered, int times) {
    for (int i = 0; i < times; i++) {
      matrix.add(actual, answered);
    }
  }
}
