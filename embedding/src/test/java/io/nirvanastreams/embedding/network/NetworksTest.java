package io.nirvanastreams.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworksTest {
  private static final InputShape COLOUR = new InputShape(3, 32, 32);

  @Test
  void shouldHaveTheWeightsOfThePaper() {
    NetworkSpec spec = Networks.byName("classifier32", Map.of(), COLOUR, 128);

    assertThat(weights(spec)).isEqualTo(997_056 + 2 * (2 * 64 + 7 * 128));
    assertThat(spec.layers()).noneMatch(Layer.Linear.class::isInstance);
  }

  @Test
  void shouldAddAHeadWhereTheDimensionIsAnother() {
    NetworkSpec spec = Networks.byName("classifier32", Map.of(), COLOUR, 40);

    assertThat(spec.layers()).last().isEqualTo(new Layer.Linear("head", 128, 40));
  }

  @Test
  void shouldFitTheSmallNetworkToItsImages() {
    NetworkSpec digits = Networks.byName("lenet-small", Map.of(), new InputShape(1, 28, 28), 32);
    NetworkSpec colour = Networks.byName("lenet-small", Map.of("hidden", "48"), COLOUR, 10);

    assertThat(digits.layers()).contains(new Layer.Hidden("fc1", "bn4", 64 * 3 * 3, 64));
    assertThat(colour.layers())
        .contains(new Layer.Hidden("fc1", "bn4", 64 * 4 * 4, 48))
        .last()
        .isEqualTo(new Layer.Linear("fc", 48, 10));
  }

  @Test
  void shouldRefuseWhatNoNetworkIs() {
    assertThatThrownBy(() -> Networks.byName("resnet", Map.of(), COLOUR, 2))
        .hasMessageContaining("no network is called resnet; there are [classifier32, lenet-small]");
    assertThatThrownBy(() -> Networks.byName("lenet-small", Map.of("depth", "3"), COLOUR, 2))
        .hasMessageContaining("no option depth");
    assertThatThrownBy(() -> Networks.byName("lenet-small", Map.of("hidden", "0"), COLOUR, 2))
        .hasMessageContaining("at least 1 unit");
    assertThatThrownBy(() -> Networks.byName("lenet-small", Map.of(), new InputShape(1, 28, 7), 2))
        .hasMessageContaining("too small");
    assertThatThrownBy(() -> Networks.byName("classifier32", Map.of("dropout", "1"), COLOUR, 128))
        .hasMessageContaining("dropout");
    assertThatThrownBy(() -> Networks.byName("classifier32", Map.of(), COLOUR, 0))
        .hasMessageContaining("at least 1 value");
  }

  private static int weights(NetworkSpec spec) {
    return spec.tensors().stream()
        .filter(tensor -> tensor.role().trained())
        .mapToInt(tensor -> tensor.shape().stream().reduce(1, (a, b) -> a * b))
        .sum();
  }
}
