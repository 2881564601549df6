package io.nirvanastreams.embedding.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.Golden;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.FeatureExtractor;
import io.nirvanastreams.embedding.network.FrozenNetwork;
import io.nirvanastreams.embedding.network.InferenceNetwork;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The graph against the blocks, which are held against the authors' features. */
class GraphEqualityTest {
  private static final int IMAGES = 5;
  private static final InputShape COLOUR = new InputShape(3, 32, 32);

  private final NDManager manager = Engines.newManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  static List<NetworkSpec> networks() {
    return GraphSamples.networks();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldExtractWhatTheBlocksExtract(NetworkSpec spec) {
    Map<String, Tensor> weights = GraphSamples.weights(spec);
    List<float[]> blocks = extract(new InferenceNetwork(spec, manager, weights, false));

    List<float[]> graph = extract(new InferenceGraph(spec, manager, weights, false, false));
    List<float[]> rowByRow = extract(new InferenceGraph(spec, manager, weights, false, true));
    InferenceGraph plain = new InferenceGraph(spec, manager, weights, false, false, false);

    for (int output = 0; output < 2; output++) {
      float[] expected = blocks.get(output);
      assertThat(GraphSamples.difference(expected, graph.get(output))).isLessThan(1e-4);
      assertThat(GraphSamples.difference(expected, rowByRow.get(output))).isLessThan(1e-4);
      // The form for GPUs, which runs everywhere.
      assertThat(GraphSamples.difference(expected, extract(plain).get(output))).isLessThan(1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldRoundByLittleInBfloat16(NetworkSpec spec) {
    assumeTrue(Engines.hasBfloat16(Device.cpu()));
    Map<String, Tensor> weights = GraphSamples.weights(spec);
    List<float[]> blocks = extract(new InferenceNetwork(spec, manager, weights, false));

    List<float[]> graph = extract(new InferenceGraph(spec, manager, weights, true, false));

    for (int output = 0; output < 2; output++) {
      assertThat(GraphSamples.difference(blocks.get(output), graph.get(output)))
          .isBetween(1e-5, 0.03);
    }
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void shouldShareNoMemoryWithTheWeightsItIsMadeOf(boolean fused, boolean reduced) {
    assumeTrue(!reduced || Engines.hasBfloat16(Device.cpu()));
    // Has convolutions of 1x1, single normalisations, trained slopes and linear layers.
    NetworkSpec spec = Networks.byName("iresnet50", Map.of("width", "8"), COLOUR, 30);
    FrozenNetwork frozen = FrozenNetwork.of(spec, GraphSamples.weights(spec));
    InferenceSource source = new InferenceSource(COLOUR, reduced, fused, false);
    String forward = source.forward(frozen.layers());
    ScriptModule module = new ScriptModule(manager, List.of(forward, source.pack()));
    List<NDArray> plain = new ArrayList<>();
    for (String name : source.text().weights()) {
      Tensor tensor = frozen.tensors().get(name);
      plain.add(manager.create(tensor.data(), new Shape(tensor.shape())));
    }

    List<NDArray> packed = List.copyOf(module.run("pack", manager, plain));
    plain.forEach(array -> array.muli(Float.NaN));

    NDArray pixels = PixelBatch.pixels(manager, GraphSamples.images(2, COLOUR), COLOUR, 2);
    NDList outputs = module.run("forward", manager, pixels, packed);
    assertThat(GraphSamples.largest(outputs.get(0).toFloatArray())).isFinite();
  }

  @Test
  void shouldReproduceTheAuthorsFeatures() {
    NetworkSpec spec = Networks.byName("classifier32", Map.of(), COLOUR, 128);
    Map<String, Tensor> weights = Golden.tensors("classifier32.safetensors");

    List<float[]> blocks = extract(new InferenceNetwork(spec, manager, weights, false));
    List<float[]> graph = extract(new InferenceGraph(spec, manager, weights, false, false));

    assertThat(GraphSamples.difference(blocks.get(0), graph.get(0))).isLessThan(1e-5);
  }

  @Test
  void shouldGiveOneArrayWhereThereIsNoHead() {
    NetworkSpec spec = Networks.byName("classifier32", Map.of(), COLOUR, 128);
    FeatureExtractor graph =
        new InferenceGraph(spec, manager, GraphSamples.weights(spec), false, false);
    InputShape shape = spec.input();

    NDList outputs =
        graph.extract(PixelBatch.pixels(manager, GraphSamples.images(2, shape), shape, 2));

    assertThat(outputs.get(1)).isSameAs(outputs.get(0));
  }

  private List<float[]> extract(FeatureExtractor network) {
    InputShape shape = network.spec().input();
    try (NDManager batch = manager.newSubManager()) {
      NDList outputs =
          network.extract(
              PixelBatch.pixels(batch, GraphSamples.images(IMAGES, shape), shape, IMAGES));
      return List.of(outputs.get(0).toFloatArray(), outputs.get(1).toFloatArray());
    }
  }
}
