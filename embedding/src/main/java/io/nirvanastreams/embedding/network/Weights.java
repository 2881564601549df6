package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.network.NetworkSpec.Initialisation;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Draws the weights of a new network. Java's generator is used rather than the engine's, so that a
 * seed gives the same weights on every device and in every version of the engine. Stateless.
 */
public final class Weights {
  private static final double AUTHORS_CONVOLUTION = 0.05;
  private static final double AUTHORS_SCALE = 0.02;

  private Weights() {}

  /** All float32 tensors of a network, under torch's names. */
  public static Map<String, Tensor> draw(NetworkSpec spec, long seed) {
    Random random = new Random(seed);
    boolean authors = spec.initialisation() == Initialisation.AUTHORS;
    Map<String, Tensor> weights = new TreeMap<>();
    for (TensorSpec tensor : spec.tensors()) {
      float[] values = new float[Tensor.count(tensor.dimensions())];
      boolean convolution = tensor.shape().size() == 4;
      switch (tensor.role()) {
        case WEIGHT -> {
          double spread =
              authors && convolution ? AUTHORS_CONVOLUTION : kaiming(spec, tensor, values.length);
          fill(values, random, 0, spread);
        }
        case SCALE -> fill(values, random, 1, authors ? AUTHORS_SCALE : 0);
        case RUNNING_VARIANCE -> Arrays.fill(values, 1);
        case BIAS, SHIFT, RUNNING_MEAN -> Arrays.fill(values, 0);
      }
      weights.put(tensor.name(), new Tensor(values, tensor.dimensions()));
    }
    return weights;
  }

  private static void fill(float[] values, Random random, double mean, double spread) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + (spread == 0 ? 0 : spread * random.nextGaussian()));
    }
  }

  /** Keeps the variance of activations through a layer and the LeakyReLU behind it. */
  private static double kaiming(NetworkSpec spec, TensorSpec tensor, int values) {
    double slope =
        spec.layers().stream()
            .filter(Layer.LeakyRelu.class::isInstance)
            .mapToDouble(layer -> ((Layer.LeakyRelu) layer).slope())
            .findFirst()
            .orElse(0);
    int inputs = values / tensor.shape().get(0);
    return Math.sqrt(2 / ((1 + slope * slope) * inputs));
  }
}
