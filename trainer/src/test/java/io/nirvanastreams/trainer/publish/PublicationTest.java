package io.nirvanastreams.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.trainer.Models;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
  @TempDir private Path folder;

  private final ModelVersion parent = Models.version(1, "shirt", "bag");

  @Test
  void shouldAppendAClass() {
    ModelSpec next = Models.spec(2, "shirt", "bag", "coat");

    assertThat(Models.publication(folder, next, parent).artifact().spec()).isEqualTo(next);
  }

  @Test
  void shouldRefuseAClassThatLeavesItsVertex() {
    assertThatThrownBy(
            () -> Models.publication(folder, Models.spec(2, "bag", "shirt", "coat"), parent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("appended");
    assertThatThrownBy(() -> Models.publication(folder, Models.spec(2, "shirt"), parent))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseACentreThatMoves() {
    ModelSpec wider =
        new ModelSpec(
            Models.NAME,
            2,
            "lenet-small",
            Map.of(),
            Models.INPUT,
            List.of("shirt", "bag", "coat"),
            4,
            6.0001);

    assertThatThrownBy(() -> Models.publication(folder, wider, parent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("centre of class 'shirt' would move");
  }

  @Test
  void shouldRefuseAVersionThatDoesNotFollowItsParent() {
    assertThatThrownBy(() -> Models.publication(folder, Models.spec(1, "shirt", "bag"), parent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not follow");
  }

  @Test
  void shouldRefuseACalibrationOfOtherClasses() {
    Publication good = Models.publication(folder, Models.spec(2, "shirt", "bag"), parent);

    assertThatThrownBy(
            () ->
                new Publication(
                    good.artifact(),
                    Models.calibration(List.of("shirt", "coat")),
                    good.probe(),
                    good.provenance(),
                    good.measures(),
                    parent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("coat");
  }
}
