package io.nirvanastreams.embedding.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.model.InputShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Images a second of a network: {@code Throughput [architecture [threads]]}. A program, not a test:
 * its numbers depend on the machine.
 */
public final class Throughput {
  private static final int ROUNDS = 30;

  private Throughput() {}

  /** Prints the median and the best of some rounds. */
  public static void main(String[] args) {
    String architecture = args.length > 0 ? args[0] : Networks.LENET_SMALL;
    boolean large = architecture.equals(Networks.CLASSIFIER32);
    InputShape shape = large ? new InputShape(3, 32, 32) : new InputShape(1, 28, 28);
    NetworkSpec spec = Networks.byName(architecture, Map.of(), shape, large ? 128 : 32);
    Engines.setThreads(args.length > 1 ? Integer.parseInt(args[1]) : 1);
    try (NDManager manager = Engines.newManager(Device.cpu())) {
      for (int batch : new int[] {64, 128}) {
        List<byte[]> images = images(batch, shape);
        TrainingBlock block = NetworkBlocks.create(spec, manager, 1);
        InferenceNetwork network = new InferenceNetwork(spec, manager, block.export(), false);
        report("forward", batch, () -> forward(network, manager, images));
        report("forward and backward", batch, () -> step(block, manager, images));
      }
    }
  }

  private static void forward(InferenceNetwork network, NDManager manager, List<byte[]> images) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray input = PixelBatch.toArray(scope, images, network.spec().input());
      network.forward(input).get(0).toFloatArray();
    }
  }

  private static void step(TrainingBlock block, NDManager manager, List<byte[]> images) {
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray input = PixelBatch.toArray(scope, images, block.spec().input());
      NDList outputs = block.forward(new ParameterStore(scope, false), new NDList(input), true);
      collector.backward(outputs.get(0).square().mean());
      for (Parameter parameter : block.getParameters().values()) {
        if (parameter.requiresGradient()) {
          JniUtils.zeroGrad((PtNDArray) parameter.getArray());
        }
      }
    }
  }

  private static void report(String what, int batch, Runnable work) {
    double[] rates = new double[ROUNDS];
    for (int round = -5; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 4; i++) {
        work.run();
      }
      if (round >= 0) {
        rates[round] = 4e9 * batch / (System.nanoTime() - start);
      }
    }
    Arrays.sort(rates);
    System.out.printf(
        "%s, batch %d: median %.0f, best %.0f images/s%n",
        what, batch, rates[ROUNDS / 2], rates[ROUNDS - 1]);
  }

  private static List<byte[]> images(int count, InputShape shape) {
    Random random = new Random(1);
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] image = new byte[shape.size()];
      random.nextBytes(image);
      images.add(image);
    }
    return images;
  }
}
