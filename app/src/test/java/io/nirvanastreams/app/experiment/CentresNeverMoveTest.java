package io.nirvanastreams.app.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CentresNeverMoveTest {
  private static final ModelSpec FIRST = spec(1, 6, "cat", "dog");

  private static ModelSpec spec(int version, double expand, String... classes) {
    return new ModelSpec(
        "m",
        version,
        "lenet-small",
        Map.of(),
        new InputShape(1, 28, 28),
        List.of(classes),
        8,
        expand);
  }

  @Test
  void shouldAllowAClassOnTheNextVertex() {
    assertThatCode(() -> CentresNeverMove.check(FIRST, spec(2, 6, "cat", "dog", "owl")))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseAnotherRadiusOrOrder() {
    assertThatThrownBy(() -> CentresNeverMove.check(FIRST, spec(2, 7, "cat", "dog", "owl")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("class cat moved between version 1 and 2");
    assertThatThrownBy(() -> CentresNeverMove.check(FIRST, spec(2, 6, "cat", "owl", "dog")))
        .hasMessage("class dog moved between version 1 and 2");
  }
}
