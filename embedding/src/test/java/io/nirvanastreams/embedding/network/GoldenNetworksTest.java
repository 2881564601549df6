package io.nirvanastreams.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.Golden;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Features of torchvision, InsightFace and the authors' files, see src/test/golden/networks.py. */
class GoldenNetworksTest {
  private final Map<String, Tensor> golden = Golden.tensors("networks-features.safetensors");

  @Test
  void shouldReproduceResNetsWithTheStemForLargeImages() {
    check("resnet18-imagenet", "resnet18", Map.of(), 48, 512);
  }

  @Test
  void shouldReproduceResNetsWithTheStemForSmallImages() {
    check("resnet34-cifar", "resnet34", Map.of(), 16, 512);
  }

  @Test
  void shouldReproduceResNetsWithBlocksOfThree() {
    check("resnet50-imagenet", "resnet50", Map.of("stem", "imagenet"), 48, 2048);
  }

  @Test
  void shouldReproduceTheDeepestResNet() {
    check("resnet101-imagenet", "resnet101", Map.of("stem", "imagenet"), 48, 2048);
  }

  @Test
  void shouldReproduceTheNetworkForFaces() {
    check("iresnet50", "iresnet50", Map.of(), 32, 512);
  }

  @Test
  void shouldReproduceTheDeeperNetworkForFaces() {
    check("iresnet100", "iresnet100", Map.of(), 32, 512);
  }

  @Test
  void shouldReproduceTheAugmentationModuleOnLenet() {
    check("lenet++-dam", "lenet++", Map.of("dam", "2"), 32, 20);
  }

  private void check(
      String name, String architecture, Map<String, String> options, int side, int dimension) {
    InputShape input = new InputShape(3, side, side);
    NetworkSpec spec = Networks.byName(architecture, options, input, dimension);
    Tensor expected = golden.get(name);
    float largest = 0;
    for (float value : expected.data()) {
      largest = Math.max(largest, Math.abs(value));
    }
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      InferenceNetwork network = new InferenceNetwork(spec, manager, NamedWeights.of(spec), false);
      float[] pixels = NamedWeights.uniform("input", 2 * input.size(), 1, 0);
      NDArray images = manager.create(pixels, new Shape(2, 3, side, side));

      float[] features = network.forward(images).get(0).toFloatArray();

      // Where nothing normalises the sums of many blocks, features are in the hundreds and above.
      assertThat(features)
          .containsExactly(expected.data(), Offset.offset(1e-5f * Math.max(10, largest)));
    }
  }
}
