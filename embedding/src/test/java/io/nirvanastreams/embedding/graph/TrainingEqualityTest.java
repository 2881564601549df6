package io.nirvanastreams.embedding.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.NetworkBlocks;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.network.TrainingNetwork;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training with the graph against training with the blocks: the same losses and weights. */
class TrainingEqualityTest {
  private static final int IMAGES = 8;
  private static final int STEPS = 5;

  private final NDManager manager = Engines.newManager(Device.cpu());
  private final boolean recording = JniUtils.isGradMode();

  @BeforeEach
  void optimiseUnrecorded() {
    JniUtils.setGradMode(false);
  }

  @AfterEach
  void free() {
    JniUtils.setGradMode(recording);
    manager.close();
  }

  static List<NetworkSpec> networks() {
    return GraphSamples.networks();
  }

  /** One of each kind of row, and none so deep that its roundings grow into differences. */
  static List<NetworkSpec> someNetworks() {
    return List.of(
        GraphSamples.networks().get(1),
        GraphSamples.networks().get(5),
        GraphSamples.networks().get(7),
        GraphSamples.networks().get(11));
  }

  @ParameterizedTest
  @MethodSource("someNetworks")
  void shouldGiveTheGradientsOfTheBlocks(NetworkSpec spec) {
    Map<String, Tensor> weights = GraphSamples.weights(spec);

    Map<String, float[]> expected = gradients(NetworkBlocks.load(spec, manager, weights));
    Map<String, float[]> gradients = gradients(new TrainingGraph(spec, manager, weights, false));

    assertThat(gradients).hasSameSizeAs(expected);
    double largest =
        expected.values().stream().mapToDouble(GraphSamples::largest).max().getAsDouble();
    expected.forEach(
        (name, gradient) -> {
          // Before a normalisation a shift has no effect: its gradient is nothing but rounding.
          double scale = Math.max(GraphSamples.largest(gradient), 0.01 * largest);
          double share = GraphSamples.largest(gradient) / scale;
          assertThat(share * GraphSamples.difference(gradient, gradients.get(name)))
              .as(name)
              .isLessThan(1e-3);
        });
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldTrainAsTheBlocksTrain(NetworkSpec spec) {
    Map<String, Tensor> weights = GraphSamples.weights(spec);
    TrainingNetwork blocks = NetworkBlocks.load(spec, manager, weights);
    TrainingNetwork graph = new TrainingGraph(spec, manager, weights, false);

    List<Double> expected = train(blocks);
    List<Double> losses = train(graph);

    assertThat(expected.get(STEPS - 1)).isLessThan(expected.get(0));
    for (int step = 0; step < STEPS; step++) {
      assertThat(losses.get(step)).isCloseTo(expected.get(step), Percentage.withPercentage(0.01));
    }
    Map<String, Tensor> trained = graph.export();
    blocks
        .export()
        .forEach(
            (name, tensor) -> {
              if (tensor.type() == Tensor.Type.I64) {
                assertThat(trained.get(name)).as(name).isEqualTo(tensor);
              } else {
                assertThat(GraphSamples.difference(tensor.data(), trained.get(name).data()))
                    .as(name)
                    // The variance of so few images carries their roundings on.
                    .isLessThan(name.contains(".running_") ? 1e-3 : 1e-4);
              }
            });
    assertThat(GraphSamples.difference(evaluate(blocks), evaluate(graph))).isLessThan(1e-3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 7})
  void shouldTrainMuchTheSameInBfloat16(int network) {
    assumeTrue(Engines.hasBfloat16(Device.cpu()));
    NetworkSpec spec = GraphSamples.networks().get(network);
    Map<String, Tensor> weights = GraphSamples.weights(spec);

    List<Double> expected = train(new TrainingGraph(spec, manager, weights, false));
    List<Double> losses = train(new TrainingGraph(spec, manager, weights, true));

    assertThat(losses).isNotEqualTo(expected);
    for (int step = 0; step < STEPS; step++) {
      assertThat(losses.get(step)).isCloseTo(expected.get(step), Percentage.withPercentage(2));
    }
  }

  private float[] evaluate(TrainingNetwork network) {
    InputShape shape = network.spec().input();
    try (NDManager batch = manager.newSubManager()) {
      NDArray pixels = PixelBatch.pixels(batch, GraphSamples.images(3, shape), shape, 3);
      return network.forward(pixels, false).get(0).toFloatArray();
    }
  }

  private Map<String, float[]> gradients(TrainingNetwork network) {
    try (NDManager batch = manager.newSubManager()) {
      loss(network, batch);
      Map<String, float[]> gradients = new TreeMap<>();
      network
          .trained()
          .forEach((name, array) -> gradients.put(name, array.getGradient().toFloatArray()));
      return gradients;
    }
  }

  private List<Double> train(TrainingNetwork network) {
    List<NDArray> trained = List.copyOf(network.trained().values());
    List<NDArray> velocities = trained.stream().map(NDArray::zerosLike).toList();
    ForeachSgd optimiser = new ForeachSgd(manager, trained, velocities);
    List<Double> losses = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      try (NDManager batch = manager.newSubManager()) {
        NDArray loss = loss(network, batch);
        optimiser.step(1e-4, 0.9, 1e-4);
        losses.add((double) loss.getFloat());
      }
    }
    return losses;
  }

  private static NDArray loss(TrainingNetwork network, NDManager batch) {
    InputShape shape = network.spec().input();
    int dimension = network.spec().dimension();
    NDArray pixels = PixelBatch.pixels(batch, GraphSamples.images(IMAGES, shape), shape, IMAGES);
    float[] targets = new float[IMAGES * dimension];
    Random random = new Random(5);
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) random.nextGaussian();
    }
    NDArray target = batch.create(targets, new Shape(IMAGES, dimension));
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss = network.forward(pixels, true).get(0).sub(target).square().mean();
      collector.backward(loss);
      return loss;
    }
  }
}
