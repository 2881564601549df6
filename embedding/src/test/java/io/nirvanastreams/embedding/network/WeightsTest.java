package io.nirvanastreams.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private static final InputShape COLOUR = new InputShape(3, 16, 16);

  @Test
  void shouldDrawResNetsAsTorchvisionDoes() {
    Map<String, Tensor> weights = draw("resnet18", Map.of("width", "16"), 10);

    // 3x3 to 32 channels: sqrt(2 / (32 * 9)).
    assertThat(deviation(weights.get("layer2.0.conv2.weight"))).isCloseTo(0.0833, within(0.003));
    assertThat(weights.get("layer2.0.bn1.weight").data()).containsOnly(1);
    // Uniform up to 1 / sqrt(128).
    assertThat(deviation(weights.get("head.weight"))).isCloseTo(0.0884 / 1.732, within(0.003));
    assertThat(weights.get("head.bias").data()).doesNotContain(0);
  }

  @Test
  void shouldDrawNetworksForFacesAsInsightFaceDoes() {
    Map<String, Tensor> weights = draw("iresnet50", Map.of("width", "16"), 10);

    assertThat(deviation(weights.get("layer2.0.conv2.weight"))).isCloseTo(0.1, within(0.003));
    assertThat(weights.get("prelu.weight").data()).containsOnly(0.25f);
    assertThat(weights.get("features.weight").data()).containsOnly(1);
  }

  @Test
  void shouldDrawTheRestAsTorchDoes() {
    Map<String, Tensor> weights = draw("lenet++", Map.of(), 2);

    // Uniform up to 1 / sqrt(64 * 25).
    assertThat(deviation(weights.get("conv2_2.weight"))).isCloseTo(0.025 / 1.732, within(3e-4));
    assertThat(weights.get("conv2_2.bias").data()).doesNotContain(0);
  }

  private static Map<String, Tensor> draw(
      String architecture, Map<String, String> options, int dimension) {
    return Weights.draw(Networks.byName(architecture, options, COLOUR, dimension), 1);
  }

  private static double deviation(Tensor tensor) {
    double sum = 0;
    for (float value : tensor.data()) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / tensor.data().length);
  }

  private static Offset<Double> within(double tolerance) {
    return Offset.offset(tolerance);
  }
}
