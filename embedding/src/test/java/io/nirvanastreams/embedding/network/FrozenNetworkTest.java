package io.nirvanastreams.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrozenNetworkTest {
  private static final InputShape COLOUR = new InputShape(3, 16, 16);

  @Test
  void shouldKeepTheNormalisationBeforeAPaddedConvolution() {
    List<Layer> rows = frozen("iresnet50", Map.of("width", "4"), 32).layers();

    assertThat(rows.get(2))
        .isEqualTo(
            new Layer.Residual(
                List.of(
                    new Layer.ScaleShift("layer1.0.bn1", 4),
                    new Layer.BiasedConvolution("layer1.0.conv1", 4, 4, 3, 1, 1),
                    new Layer.PRelu("layer1.0.prelu", 4),
                    new Layer.BiasedConvolution("layer1.0.conv2", 4, 4, 3, 2, 1)),
                List.of(new Layer.BiasedConvolution("layer1.0.downsample.0", 4, 4, 1, 2, 0))));
  }

  @Test
  void shouldFoldTheNormalisationsOnBothSidesOfALinearLayer() {
    FrozenNetwork frozen = frozen("iresnet50", Map.of("width", "4", "dropout", "0.4"), 32);

    assertThat(frozen.layers())
        .endsWith(new Layer.Flatten(), new Layer.Linear("fc", 32, 32), new Layer.Representation());
    assertThat(frozen.tensors())
        .containsKeys("fc.weight", "fc.bias")
        .doesNotContainKeys("bn2.weight", "features.bias");
  }

  @Test
  void shouldNotFoldPastTheRepresentation() {
    List<Layer> rows = frozen("iresnet50", Map.of("width", "4", "revised", "1"), 40).layers();

    assertThat(rows)
        .endsWith(
            new Layer.ScaleShift("model.bn2", 32),
            new Layer.Flatten(),
            new Layer.Representation(),
            new Layer.Linear("layers.0", 32, 40));
  }

  @Test
  void shouldHoldTheTensorsOfItsRowsAndNoOthers() {
    FrozenNetwork frozen = frozen("lenet++", Map.of("dam", "1"), 20);

    assertThat(frozen.tensors().keySet())
        .containsExactlyInAnyOrderElementsOf(
            LayerTensors.of(frozen.layers()).stream().map(TensorSpec::name).toList());
    LayerTensors.of(frozen.layers())
        .forEach(
            tensor ->
                assertThat(frozen.tensors().get(tensor.name()).shape())
                    .isEqualTo(tensor.dimensions()));
  }

  @Test
  void shouldRefuseTablesThatDoNotFitTogether() {
    List<Layer> narrow = List.of(new Layer.BiasedConvolution("a", 4, 8, 3, 1, 1));
    List<Layer> sum =
        List.of(
            new Layer.Residual(
                List.of(new Layer.BiasedConvolution("b", 3, 8, 3, 1, 1)), List.of()));

    assertThatThrownBy(() -> LayerShapes.after(narrow, COLOUR))
        .hasMessageContaining("does not fit what it gets, [3, 16, 16]");
    assertThatThrownBy(() -> LayerShapes.after(sum, COLOUR)).hasMessageContaining("Residual");
    assertThatThrownBy(() -> new Layer.Residual(List.of(), List.of()))
        .hasMessageContaining("computes something");
    assertThatThrownBy(
            () ->
                new NetworkSpec(
                    "own",
                    COLOUR,
                    5,
                    List.of(new Layer.GlobalAveragePool()),
                    NetworkSpec.Initialisation.TORCH,
                    Set.of()))
        .hasMessageContaining("own gives features of [3], not of 5");
  }

  private static FrozenNetwork frozen(String name, Map<String, String> options, int dimension) {
    NetworkSpec spec = Networks.byName(name, options, COLOUR, dimension);
    return FrozenNetwork.of(spec, NamedWeights.of(spec));
  }
}
