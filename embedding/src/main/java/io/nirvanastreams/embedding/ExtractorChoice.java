package io.nirvanastreams.embedding;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.nirvanastreams.embedding.graph.InferenceGraph;
import io.nirvanastreams.embedding.network.Execution;
import io.nirvanastreams.embedding.network.FeatureExtractor;
import io.nirvanastreams.embedding.network.InferenceNetwork;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.PixelBatch;
import io.nirvanastreams.embedding.network.Precision;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses execution and precision of one model by what is asked for and, where that is {@code
 * auto}, by trying. The time of the executions is measured once in a process for each network,
 * device and number of threads; the rounding of bfloat16 depends on the weights and is checked at
 * every load. Used once, by one thread.
 */
final class ExtractorChoice {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractorChoice.class);
  private static final Map<Measured, Execution> FASTER = new ConcurrentHashMap<>();
  private static final int ROUNDS = 3;

  /** The graph needs less memory, so it is taken where the two are as fast within the noise. */
  private static final double WORTH_IT = 0.9;

  /** Nanoseconds that one batch of the measurement may take. */
  private static final double BATCH_NANOS = 1e8;

  private final NetworkSpec spec;
  private final NDManager manager;
  private final Map<String, Tensor> weights;
  private final EmbedderOptions options;
  private final List<byte[]> probe;

  ExtractorChoice(
      NetworkSpec spec,
      NDManager manager,
      Map<String, Tensor> weights,
      EmbedderOptions options,
      List<byte[]> probe) {
    this.spec = spec;
    this.manager = manager;
    this.weights = weights;
    this.options = options;
    this.probe = probe.isEmpty() ? ProbeImages.of(spec.input()) : probe;
  }

  /**
   * What was chosen.
   *
   * @param memory of the network alone
   * @param execution not {@code AUTO}
   * @param precision not {@code AUTO}
   */
  record Chosen(
      NDManager memory, FeatureExtractor extractor, Execution execution, Precision precision) {}

  private record Measured(NetworkSpec spec, String device, int threads) {}

  /**
   * The network, ready to run.
   *
   * @param centres of the classes, for the check of the precision
   * @throws IllegalArgumentException for bfloat16 on a device that has none
   */
  Chosen choose(float[][] centres) {
    boolean possible =
        options.how().execution() != Execution.BLOCKS
            && options.fixedBatch() == 0
            && Engines.hasBfloat16(manager.getDevice());
    return switch (options.how().precision()) {
      case FP32 -> exact();
      case BF16 -> {
        if (!possible) {
          throw new IllegalArgumentException(
              "this device has no bf16 instructions: choose precision fp32 or auto");
        }
        yield graph(Precision.BF16);
      }
      case AUTO -> possible ? checked(centres) : exact();
    };
  }

  private Chosen checked(float[][] centres) {
    Chosen exact = exact();
    try {
      Chosen reduced = graph(Precision.BF16);
      if (Agreement.holds(features(exact.extractor()), features(reduced.extractor()), centres)) {
        exact.memory().close();
        return reduced;
      }
      reduced.memory().close();
      LOG.info("bf16 changes answers of this model; it runs in fp32");
    } catch (EngineException e) {
      LOG.warn("The graph does not run in bf16 here: {}", e.getMessage());
    }
    return exact;
  }

  private Chosen exact() {
    return switch (options.how().execution()) {
      case BLOCKS -> blocks();
      case GRAPH -> graph(Precision.FP32);
      case AUTO -> options.fixedBatch() > 0 ? blocks() : faster();
    };
  }

  private Chosen faster() {
    String device = manager.getDevice().toString();
    Measured key = new Measured(spec, device, JniUtils.getNumThreads());
    Execution known = FASTER.get(key);
    if (known != null) {
      return known == Execution.GRAPH ? graph(Precision.FP32) : blocks();
    }
    Chosen blocks = blocks();
    try {
      Chosen graph = graph(Precision.FP32);
      double ratio = ratio(blocks.extractor(), graph.extractor());
      LOG.info(
          "{} on {}: the graph is {} times as fast as the blocks",
          spec.architecture(),
          device,
          "%.2f".formatted(ratio));
      boolean worthIt = ratio > WORTH_IT;
      FASTER.put(key, worthIt ? Execution.GRAPH : Execution.BLOCKS);
      (worthIt ? blocks : graph).memory().close();
      return worthIt ? graph : blocks;
    } catch (EngineException e) {
      LOG.warn("The graph does not run here, the blocks do: {}", e.getMessage());
      FASTER.put(key, Execution.BLOCKS);
      return blocks;
    }
  }

  /** How many times faster the second is, each by its best round; the others were disturbed. */
  private double ratio(FeatureExtractor first, FeatureExtractor second) {
    time(first, 1);
    double once = Math.max(1, time(first, 1));
    int most = Math.min(options.maxBatch(), probe.size());
    int images = (int) Math.max(1, Math.min(most, BATCH_NANOS / once));
    double firstBest = Double.POSITIVE_INFINITY;
    double secondBest = Double.POSITIVE_INFINITY;
    for (int round = 0; round <= ROUNDS; round++) {
      double firstTime = time(first, images);
      double secondTime = time(second, images);
      // The first round makes ready what the engine makes once for each size.
      if (round > 0) {
        firstBest = Math.min(firstBest, firstTime);
        secondBest = Math.min(secondBest, secondTime);
      }
    }
    return firstBest / secondBest;
  }

  private double time(FeatureExtractor extractor, int images) {
    long start = System.nanoTime();
    try (NDManager batch = manager.newSubManager()) {
      float[] unused = extract(extractor, batch, probe.subList(0, images));
      return System.nanoTime() - start;
    }
  }

  private float[][] features(FeatureExtractor extractor) {
    List<float[]> rows = new ArrayList<>();
    for (byte[] image : probe) {
      try (NDManager batch = manager.newSubManager()) {
        rows.add(extract(extractor, batch, List.of(image)));
      }
    }
    return rows.toArray(float[][]::new);
  }

  private float[] extract(FeatureExtractor extractor, NDManager batch, List<byte[]> images) {
    NDArray pixels = PixelBatch.pixels(batch, images, spec.input(), images.size());
    return extractor.extract(pixels).get(0).toFloatArray();
  }

  private Chosen blocks() {
    NDManager memory = manager.newSubManager();
    return new Chosen(
        memory,
        new InferenceNetwork(spec, memory, weights, options.fixedBatch() > 0),
        Execution.BLOCKS,
        Precision.FP32);
  }

  private Chosen graph(Precision precision) {
    NDManager memory = manager.newSubManager();
    boolean reduced = precision == Precision.BF16;
    return new Chosen(
        memory,
        new InferenceGraph(spec, memory, weights, reduced, options.fixedBatch() > 0),
        Execution.GRAPH,
        precision);
  }
}
