package io.nirvanastreams.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.Golden;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GoldenNetworkTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-4f);
  private static final NetworkSpec SPEC =
      Networks.byName("classifier32", Map.of(), new InputShape(3, 32, 32), 128);

  private final Map<String, Tensor> weights = Golden.tensors("classifier32.safetensors");
  private final Map<String, Tensor> io = Golden.tensors("classifier32-io.safetensors");

  @Test
  void shouldReproduceTheAuthorsFeaturesWithFoldedNormalisation() {
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      InferenceNetwork network = new InferenceNetwork(SPEC, manager, weights, false);

      assertAuthorsFeatures(network.forward(input(manager)));
    }
  }

  @Test
  void shouldReproduceTheAuthorsFeaturesWithTheTrainingBlock() {
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      TrainingBlock block = NetworkBlocks.load(SPEC, manager, weights);
      ParameterStore store = new ParameterStore(manager, false);

      assertAuthorsFeatures(block.forward(store, new NDList(input(manager)), false));
    }
  }

  private NDArray input(NDManager manager) {
    Tensor input = io.get("input");
    return manager.create(input.data(), new Shape(input.shape()));
  }

  private void assertAuthorsFeatures(NDList outputs) {
    assertThat(outputs.get(1)).isSameAs(outputs.get(0));
    assertThat(outputs.get(0).getShape()).isEqualTo(new Shape(4, 128));
    assertThat(outputs.get(0).toFloatArray()).containsExactly(io.get("features").data(), TOLERANCE);
  }
}
