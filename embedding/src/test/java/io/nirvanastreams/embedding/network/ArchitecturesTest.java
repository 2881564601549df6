package io.nirvanastreams.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.safetensors.MalformedSafetensorsException;
import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every network promises, on narrow forms of all of them. */
class ArchitecturesTest {
  private static final InputShape IMAGE = new InputShape(3, 16, 16);

  static List<NetworkSpec> networks() {
    return List.of(
        network("classifier32", 20, Map.of()),
        network("classifier32", 150, Map.of("dam", "1")),
        network("lenet-small", 10, Map.of()),
        network("lenet-small", 70, Map.of("revised", "2")),
        network("lenet++", 2, Map.of()),
        network("lenet++", 20, Map.of("dam", "2")),
        network("resnet18", 32, Map.of("width", "4")),
        network("resnet18", 50, Map.of("width", "4", "stem", "imagenet", "dam", "1")),
        network("resnet34", 20, Map.of("width", "4", "stem", "imagenet")),
        network("resnet50", 128, Map.of("width", "4")),
        network("resnet50", 140, Map.of("width", "4", "revised", "1")),
        network("resnet101", 64, Map.of("width", "2", "stem", "imagenet")),
        network("iresnet50", 512, Map.of("width", "4", "dropout", "0.4")),
        network("iresnet50", 40, Map.of("width", "4", "revised", "1")),
        network("iresnet100", 64, Map.of("width", "4")),
        network("iresnet100", 600, Map.of("width", "4", "dam", "1")));
  }

  private final NDManager manager = Engines.newManager(Device.cpu());
  private final ParameterStore store = new ParameterStore(manager, false);

  @AfterEach
  void free() {
    manager.close();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldFoldAsTheUnfoldedNetworkComputes(NetworkSpec spec) {
    TrainingBlock block = NetworkBlocks.load(spec, manager, NamedWeights.of(spec));
    NDList unfolded = block.forward(store, new NDList(images(2)), false);
    InferenceNetwork network = new InferenceNetwork(spec, manager, block.export(), false);

    NDList folded = network.forward(images(2));

    assertThat(unfolded.getShapes())
        .isEqualTo(block.getOutputShapes(new Shape[] {images(2).getShape()}))
        .startsWith(new Shape(2, spec.dimension()));
    for (int output = 0; output < 2; output++) {
      float[] expected = unfolded.get(output).toFloatArray();
      assertThat(folded.get(output).toFloatArray()).containsExactly(expected, near(expected));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldLetGradientsReachEveryTrainedTensor(NetworkSpec spec) {
    TrainingBlock block = NetworkBlocks.load(spec, manager, NamedWeights.of(spec));
    NDArray target = values("target", new Shape(6, spec.dimension()));
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDList outputs = block.forward(store, new NDList(images(6)), true);
      collector.backward(outputs.get(0).sub(target).square().mean());
    }

    for (TensorSpec tensor : spec.tensors()) {
      NDArray array = block.getParameters().get(tensor.name()).getArray();
      assertThat(array.hasGradient()).as(tensor.name()).isEqualTo(tensor.role().trained());
      // A normalisation right behind it takes every shift out again.
      boolean idle = tensor.name().equals("fc.bias") || tensor.name().equals("model.fc.bias");
      if (tensor.role().trained() && !(idle && spec.architecture().startsWith("iresnet"))) {
        float gradient = array.getGradient().abs().sum().getFloat();
        assertThat(gradient).as(tensor.name()).isPositive().isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldGiveBackTheWeightsThroughAFile(NetworkSpec spec) throws MalformedSafetensorsException {
    Map<String, Tensor> weights = Weights.draw(spec, 3);

    Map<String, Tensor> written = NetworkBlocks.load(spec, manager, weights).export();

    assertThat(Safetensors.read(Safetensors.write(written)))
        .isEqualTo(written)
        .hasSize(spec.tensors().size() + spec.counters().size())
        .containsAllEntriesOf(weights);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldComputeARowAlikeWhereverItStandsInTheBatch(NetworkSpec spec) {
    InferenceNetwork network = new InferenceNetwork(spec, manager, NamedWeights.of(spec), true);
    InferenceNetwork whole = new InferenceNetwork(spec, manager, NamedWeights.of(spec), false);
    float[] forwards = network.forward(images(5)).get(0).toFloatArray();
    NDArray reversed = images(5).flip(0);

    float[] backwards = network.forward(reversed).get(0).toFloatArray();

    int width = spec.dimension();
    for (int row = 0; row < 5; row++) {
      assertThat(Arrays.copyOfRange(backwards, (4 - row) * width, (5 - row) * width))
          .isEqualTo(Arrays.copyOfRange(forwards, row * width, (row + 1) * width));
    }
    assertThat(whole.forward(images(5)).get(0).toFloatArray())
        .containsExactly(forwards, near(forwards));
  }

  private static NetworkSpec network(String name, int dimension, Map<String, String> options) {
    return Networks.byName(name, options, IMAGE, dimension);
  }

  private NDArray images(int count) {
    return values("input", new Shape(count, 3, IMAGE.height(), IMAGE.width()));
  }

  private NDArray values(String name, Shape shape) {
    return manager.create(NamedWeights.uniform(name, (int) shape.size(), 1, 0), shape);
  }

  /** 1e-4, of the largest value where that is above 1. */
  private static Offset<Float> near(float[] expected) {
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    return Offset.offset(1e-4f * largest);
  }
}
