package io.nirvanastreams.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.network.Execution;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.network.Precision;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionChoiceTest {
  private static final Map<String, Tensor> WEIGHTS = Golden.tensors("classifier32.safetensors");

  @ParameterizedTest
  @CsvSource({"blocks,fp32", "graph,fp32", "graph,bf16"})
  void shouldRunAsItIsTold(String execution, String precision) throws Exception {
    assumeTrue(precision.equals("fp32") || Engines.hasBfloat16(Device.cpu()));

    try (Embedder embedder = load(6, 0, execution, precision)) {
      assertThat(embedder.execution()).hasToString(execution);
      assertThat(embedder.precision()).hasToString(precision);
      assertThat(embedder.rounding()).isEqualTo(precision.equals("fp32") ? 0 : 0.06);
    }
  }

  @Test
  void shouldTryWhatIsFasterAndStayWithIt() throws Exception {
    Execution chosen;
    try (Embedder embedder = load(6, 0, "auto", "fp32")) {
      chosen = embedder.execution();
      assertThat(embedder.precision()).isEqualTo(Precision.FP32);
    }

    assertThat(chosen).isNotEqualTo(Execution.AUTO);
    try (Embedder again = load(6, 0, "auto", "fp32")) {
      assertThat(again.execution()).isEqualTo(chosen);
    }
  }

  @Test
  void shouldTakeTheBlocksWhereBitsArePromised() throws Exception {
    try (Embedder embedder = load(6, 8, "auto", "auto")) {
      assertThat(embedder.execution()).isEqualTo(Execution.BLOCKS);
      assertThat(embedder.precision()).isEqualTo(Precision.FP32);
    }
  }

  @Test
  void shouldComputeInBfloat16WhereAnswersStay() throws Exception {
    assumeTrue(Engines.hasBfloat16(Device.cpu()));

    try (Embedder embedder = load(6, 0, "auto", "auto")) {
      assertThat(embedder.precision()).isEqualTo(Precision.BF16);
      assertThat(embedder.execution()).isEqualTo(Execution.GRAPH);
    }
  }

  @Test
  void shouldStayWithFloat32WhereAnswersWouldChange() throws Exception {
    // So near to each other, centres are not told apart by features with this rounding.
    try (Embedder embedder = load(1e-3, 0, "graph", "auto")) {
      assertThat(embedder.precision()).isEqualTo(Precision.FP32);
      assertThat(embedder.execution()).isEqualTo(Execution.GRAPH);
    }
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    assertThatThrownBy(() -> load(6, 0, "blocks", "bf16"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("choose execution graph, or precision fp32");
    assertThatThrownBy(() -> load(6, 8, "graph", "bf16"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fixed batch");
    assertThatThrownBy(() -> load(6, 0, "graphs", "fp32"))
        .hasMessageContaining("auto, blocks or graph, not 'graphs'");
    assertThatThrownBy(() -> load(6, 0, "graph", "fp16"))
        .hasMessageContaining("auto, fp32 or bf16, not 'fp16'");
  }

  @Test
  void shouldAgreeByDistancesAndNearestCentres() {
    float[][] centres = {{10, 0}, {-10, 0}};
    float[][] features = {{8, 0}, {0.01f, 0}};

    assertThat(Agreement.holds(features, new float[][] {{8.09f, 0}, {0.01f, 0}}, centres)).isTrue();
    assertThat(Agreement.holds(features, new float[][] {{8.2f, 0}, {0.01f, 0}}, centres)).isFalse();
    // The second lies between the two: either answer is right.
    assertThat(Agreement.holds(features, new float[][] {{8, 0}, {-0.01f, 0}}, centres)).isTrue();
    assertThat(Agreement.holds(features, new float[][] {{8, 0}, {Float.NaN, 0}}, centres))
        .isFalse();
    assertThat(Agreement.holds(features, new float[][] {{-8, 0}, {0, 0}}, centres)).isFalse();
  }

  private static Embedder load(double expand, int fixedBatch, String execution, String precision)
      throws BadModelException {
    ModelSpec spec =
        new ModelSpec(
            "golden",
            1,
            "classifier32",
            Map.of(),
            new InputShape(3, 32, 32),
            List.of("a", "b", "c", "d"),
            128,
            expand);
    EmbedderOptions options =
        new EmbedderOptions("cpu", fixedBatch).in(ExecutionSettings.of(execution, precision));
    return Embedder.load(spec, WEIGHTS, options);
  }
}
