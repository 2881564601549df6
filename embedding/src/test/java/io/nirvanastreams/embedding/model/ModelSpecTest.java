package io.nirvanastreams.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelSpecTest {
  private static final InputShape DIGIT = new InputShape(1, 28, 28);

  @Test
  void shouldPutItsClassesOnTheSimplex() {
    float[][] centres = spec(1, List.of("a", "b", "c"), 2, 5).centres();

    assertThat(centres).hasNumberOfRows(3);
    for (float[] centre : centres) {
      assertThat(Math.hypot(centre[0], centre[1])).isBetween(4.9999, 5.0001);
    }
  }

  @Test
  void shouldRefuseWhatNoModelIs() {
    assertThatThrownBy(() -> spec(1, List.of("a", "b", "c"), 1, 5))
        .hasMessageContaining("3 classes do not fit the simplex of dimension 1");
    assertThatThrownBy(() -> spec(1, List.of("a", "a"), 4, 5)).hasMessageContaining("listed twice");
    assertThatThrownBy(() -> spec(0, List.of("a"), 4, 5)).hasMessageContaining("count from 1");
    assertThatThrownBy(() -> spec(1, List.of("a"), 4, Double.NaN)).hasMessageContaining("E is");
    assertThatThrownBy(() -> new InputShape(2, 28, 28)).hasMessageContaining("1 or 3 channels");
    assertThatThrownBy(() -> new InputShape(1, 0, 28)).hasMessageContaining("1 to 4096");
    assertThatThrownBy(() -> new InputShape(1, 28, 1 << 20)).hasMessageContaining("1 to 4096");
  }

  private static ModelSpec spec(int version, List<String> classes, int dimension, double expand) {
    return new ModelSpec("m", version, "lenet-small", Map.of(), DIGIT, classes, dimension, expand);
  }
}
