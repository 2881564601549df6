package io.nirvanastreams.embedding.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.FeatureExtractor;
import io.nirvanastreams.embedding.network.InferenceNetwork;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphEqualityTest {
  private static final int IMAGES = 5;

  static List<NetworkSpec> networks() {
    InputShape colour = new InputShape(3, 32, 32);
    return List.of(
        Networks.byName("lenet-small", Map.of(), new InputShape(1, 28, 28), 32),
        Networks.byName("lenet-small", Map.of("channels", "8,20"), new InputShape(3, 31, 30), 10),
        Networks.byName("classifier32", Map.of(), colour, 128),
        Networks.byName("classifier32", Map.of(), colour, 40));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldExtractWhatTheBlocksExtract(NetworkSpec spec) {
    Map<String, Tensor> weights = GraphSamples.weights(spec);
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      List<float[]> blocks = extract(new InferenceNetwork(spec, manager, weights, false), manager);
      List<float[]> graph =
          extract(new InferenceGraph(spec, manager, weights, false, false), manager);
      List<float[]> rows =
          extract(new InferenceGraph(spec, manager, weights, false, true), manager);
      List<float[]> reduced =
          extract(new InferenceGraph(spec, manager, weights, true, false), manager);

      for (int output = 0; output < 2; output++) {
        System.out.println(
            GraphSamples.difference(blocks.get(output), graph.get(output))
                + " "
                + GraphSamples.difference(blocks.get(output), rows.get(output))
                + " "
                + GraphSamples.difference(blocks.get(output), reduced.get(output)));
        assertThat(GraphSamples.difference(blocks.get(output), graph.get(output))).isLessThan(1e-4);
        assertThat(GraphSamples.difference(blocks.get(output), rows.get(output))).isLessThan(1e-4);
        assertThat(GraphSamples.difference(blocks.get(output), reduced.get(output)))
            .isBetween(1e-6, 0.02);
      }
    }
  }

  private static List<float[]> extract(FeatureExtractor network, NDManager manager) {
    InputShape shape = network.spec().input();
    try (NDManager batch = manager.newSubManager()) {
      NDList outputs =
          network.extract(
              PixelBatch.pixels(batch, GraphSamples.images(IMAGES, shape), shape, IMAGES));
      return List.of(outputs.get(0).toFloatArray(), outputs.get(1).toFloatArray());
    }
  }
}
