package io.nirvanastreams.embedding.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.NetworkBlocks;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.network.TrainingNetwork;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingEqualityTest {
  private static final int IMAGES = 8;
  private static final int STEPS = 5;

  static List<NetworkSpec> networks() {
    Map<String, String> noDropout = Map.of("dropout", "0");
    InputShape colour = new InputShape(3, 32, 32);
    return List.of(
        Networks.byName("lenet-small", Map.of(), new InputShape(1, 28, 28), 32),
        Networks.byName("classifier32", noDropout, colour, 128),
        Networks.byName("classifier32", noDropout, colour, 40));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldTrainAsTheBlocksTrain(NetworkSpec spec) {
    Map<String, Tensor> weights = GraphSamples.weights(spec);
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      TrainingNetwork blocks = NetworkBlocks.load(spec, manager, weights);
      TrainingNetwork graph = new TrainingGraph(spec, manager, weights, false);
      TrainingNetwork reduced = new TrainingGraph(spec, manager, weights, true);

      List<Float> expected = train(blocks, manager);
      List<Float> losses = train(graph, manager);
      List<Float> l2 = train(reduced, manager);
      System.out.println(expected + " " + losses + " " + l2);
      Map<String, Tensor> exported = blocks.export();
      Map<String, Tensor> e2 = graph.export();
      double m = 0;
      for (String n : exported.keySet()) {
        if (exported.get(n).data().length > 0)
          m = Math.max(m, GraphSamples.difference(exported.get(n).data(), e2.get(n).data()));
        else assertThat(e2.get(n)).isEqualTo(exported.get(n));
      }
      System.out.println(m);
    }
  }

  private static List<Float> train(TrainingNetwork network, NDManager manager) {
    List<Float> losses = new ArrayList<>();
    InputShape shape = network.spec().input();
    int dimension = network.spec().dimension();
    float[] targets = new float[IMAGES * dimension];
    Random random = new Random(5);
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) random.nextGaussian();
    }
    for (int step = 0; step < STEPS; step++) {
      try (NDManager batch = manager.newSubManager()) {
        NDArray pixels =
            PixelBatch.pixels(batch, GraphSamples.images(IMAGES, shape), shape, IMAGES);
        NDArray target = batch.create(targets, new Shape(IMAGES, dimension));
        NDArray loss;
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          loss = network.forward(pixels, true).get(0).sub(target).square().mean();
          collector.backward(loss);
        }
        losses.add(loss.getFloat());
        for (NDArray weight : network.trained().values()) {
          try (NDArray gradient = weight.getGradient();
              NDArray move = gradient.mul(0.05f)) {
            weight.subi(move);
          }
          JniUtils.zeroGrad((PtNDArray) weight);
        }
      }
    }
    return losses;
  }
}
