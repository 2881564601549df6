package io.nirvanastreams.benchmarks;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.graph.ForeachSgd;
import io.nirvanastreams.embedding.graph.InferenceGraph;
import io.nirvanastreams.embedding.graph.TrainingGraph;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.FeatureExtractor;
import io.nirvanastreams.embedding.network.InferenceNetwork;
import io.nirvanastreams.embedding.network.NetworkBlocks;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.network.TrainingNetwork;
import io.nirvanastreams.embedding.network.Weights;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The speed of a network in its executions, beside each other and beside what the machine can do at
 * all: {@code Classifier32Speed [threads [rounds [architecture]]]}. The limit is the rate of a
 * plain matrix product of 1024 x 1024 in float32 with the same threads.
 */
public final class Classifier32Speed {
  /** Operations of classifier32 on one image, a multiplication and an addition being two. */
  private static final double FORWARD_GFLOP = 0.329;

  private static final int SIDE = 1024;
  private static final int PRODUCTS = 4;
  private static final double PRODUCT_GFLOP = 2e-9 * SIDE * SIDE * SIDE;
  private static final int TRAINING_BATCH = 128;
  private static final int INFERENCE_BATCH = 32;

  private final NDManager manager;
  private final NetworkSpec spec;
  private final Map<String, Tensor> weights;

  private Classifier32Speed(NDManager manager, NetworkSpec spec) {
    this.manager = manager;
    this.spec = spec;
    weights = Weights.draw(spec, 1);
  }

  /** Measures and prints. */
  public static void main(String[] arguments) {
    int threads =
        arguments.length > 0
            ? Integer.parseInt(arguments[0])
            : Runtime.getRuntime().availableProcessors();
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    String architecture = arguments.length > 2 ? arguments[2] : Networks.CLASSIFIER32;
    boolean digits = architecture.startsWith("lenet");
    InputShape shape = digits ? new InputShape(1, 28, 28) : new InputShape(3, 32, 32);
    NetworkSpec spec = Networks.byName(architecture, Map.of(), shape, digits ? 32 : 128);
    Engines.setThreads(threads);
    JniUtils.setGradMode(false);
    System.out.printf("%s, %d threads, %d rounds%n", architecture, threads, rounds);
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      Classifier32Speed speed = new Classifier32Speed(manager, spec);
      speed.inference(rounds, architecture.equals(Networks.CLASSIFIER32));
      speed.training(rounds);
    }
  }

  private void inference(int rounds, boolean limited) {
    Interleaved works = new Interleaved();
    NDArray square = manager.ones(new Shape(SIDE, SIDE));
    works.add("product", () -> multiply(square));
    extract(works, "blocks", new InferenceNetwork(spec, manager, weights, false));
    extract(works, "graph fp32", new InferenceGraph(spec, manager, weights, false, false));
    extract(works, "graph bf16", new InferenceGraph(spec, manager, weights, true, false));
    works.run(rounds);
    print("matrix product, GFLOP/s", works.rate("product", PRODUCTS * PRODUCT_GFLOP));
    for (String name : List.of("blocks", "graph fp32", "graph bf16")) {
      print("inference, " + name + ", images/s", works.rate(name, INFERENCE_BATCH));
    }
    ratio(works, "graph fp32", "blocks");
    ratio(works, "graph bf16", "graph fp32");
    if (limited) {
      double work = INFERENCE_BATCH * FORWARD_GFLOP;
      print(
          "  graph fp32 / matrix product (goal 0.95)",
          works.ratio("graph fp32", work, "product", PRODUCTS * PRODUCT_GFLOP));
    }
  }

  private void training(int rounds) {
    Interleaved works = new Interleaved();
    step(works, "blocks", NetworkBlocks.load(spec, manager, weights));
    step(works, "graph fp32", new TrainingGraph(spec, manager, weights, false));
    step(works, "graph bf16", new TrainingGraph(spec, manager, weights, true));
    works.run(rounds);
    for (String name : List.of("blocks", "graph fp32", "graph bf16")) {
      print("training, " + name + ", images/s", works.rate(name, TRAINING_BATCH));
    }
    ratio(works, "graph fp32", "blocks");
    ratio(works, "graph bf16", "blocks");
  }

  private static void ratio(Interleaved works, String faster, String slower) {
    print("  " + faster + " / " + slower, works.ratio(faster, 1, slower, 1));
  }

  private static void print(String what, Interleaved.Spread spread) {
    System.out.printf("%-45s %s%n", what, spread);
  }

  private void multiply(NDArray square) {
    try (NDManager scratch = manager.newSubManager()) {
      for (int i = 0; i < PRODUCTS; i++) {
        square.matMul(square).attach(scratch);
      }
    }
  }

  private void extract(Interleaved works, String name, FeatureExtractor network) {
    List<byte[]> images = images(INFERENCE_BATCH);
    works.add(
        name,
        () -> {
          try (NDManager scratch = manager.newSubManager()) {
            NDArray pixels = PixelBatch.pixels(scratch, images, spec.input(), images.size());
            float[] unused = network.extract(pixels).get(0).toFloatArray();
          }
        });
  }

  private void step(Interleaved works, String name, TrainingNetwork network) {
    List<byte[]> images = images(TRAINING_BATCH);
    List<NDArray> trained = List.copyOf(network.trained().values());
    List<NDArray> velocities =
        trained.stream().map(weight -> manager.zeros(weight.getShape())).toList();
    ForeachSgd optimiser = new ForeachSgd(manager, trained, velocities);
    works.add(
        name,
        () -> {
          try (NDManager scratch = manager.newSubManager()) {
            NDArray pixels = PixelBatch.pixels(scratch, images, spec.input(), images.size());
            NDArray loss;
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
              loss = network.forward(pixels, true).get(0).square().mean();
              collector.backward(loss);
            }
            optimiser.step(0.01, 0.9, 1e-4);
            float unused = loss.getFloat();
          }
        });
  }

  private List<byte[]> images(int count) {
    Random random = new Random(1);
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] image = new byte[spec.input().size()];
      random.nextBytes(image);
      images.add(image);
    }
    return images;
  }
}
