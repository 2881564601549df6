package io.nirvanastreams.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final InputShape COLOUR = new InputShape(3, 32, 32);

  @Test
  void shouldGrowByTheSameFactorInEveryBlock() {
    assertThat(rows("lenet++", Map.of("dam", "2"), 20))
        .containsExactly(
            new Layer.Linear("layers.0", 2, 7),
            new Layer.PRelu("layers.1", 1),
            new Layer.BatchNorm("layers.2", 7, true),
            // 7 * sqrt(10) is 22.1, past D.
            new Layer.Linear("layers.3", 7, 20),
            new Layer.PRelu("layers.4", 1),
            new Layer.BatchNorm("layers.5", 20, true),
            new Layer.Linear("layers.6", 20, 20));
  }

  @Test
  void shouldNeverGoPastASmallerD() {
    assertThat(rows("resnet18", Map.of("dam", "1"), 10))
        .contains(new Layer.Linear("layers.0", 512, 10))
        .endsWith(new Layer.Linear("layers.3", 10, 10));
  }

  @Test
  void shouldReviseByLinearLayersOnly() {
    assertThat(rows("resnet18", Map.of("revised", "2"), 999))
        .containsExactly(
            new Layer.Linear("layers.0", 512, 999), new Layer.Linear("layers.1", 999, 999));
    // As the authors do it: from all pixels, in the place of the last layer.
    assertThat(rows("iresnet50", Map.of("revised", "1"), 12_500))
        .containsExactly(new Layer.Linear("layers.0", 512 * 2 * 2, 12_500));
  }

  @Test
  void shouldNameTheNetworksOwnTensorsAsTheAuthorsDo() {
    NetworkSpec spec = Networks.byName("classifier32", Map.of("dam", "1"), COLOUR, 200);

    assertThat(spec.tensors().get(0).name()).isEqualTo("model.conv1.weight");
    assertThat(spec.ignored()).contains("model.fc.weight").doesNotContain("fc.weight");
    assertThat(spec.layers()).doesNotContain(new Layer.Linear("head", 128, 200));
  }

  /** The rows behind the network's own features. */
  private static List<Layer> rows(String architecture, Map<String, String> options, int dimension) {
    List<Layer> layers = Networks.byName(architecture, options, COLOUR, dimension).layers();
    return layers.subList(layers.indexOf(new Layer.Representation()) + 1, layers.size());
  }
}
