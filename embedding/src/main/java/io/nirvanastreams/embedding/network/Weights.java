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
  private static final double IRESNET_CONVOLUTION = 0.1;

  /** As torch begins with. */
  private static final float SLOPE = 0.25f;

  private Weights() {}

  /** All float32 tensors of a network, under torch's names. */
  public static Map<String, Tensor> draw(NetworkSpec spec, long seed) {
    Random random = new Random(seed);
    boolean authors = spec.initialisation() == Initialisation.AUTHORS;
    Map<String, Tensor> weights = new TreeMap<>();
    int inputs = 0;
    for (TensorSpec tensor : spec.tensors()) {
      float[] values = new float[Tensor.count(tensor.dimensions())];
      switch (tensor.role()) {
        case WEIGHT -> {
          inputs = values.length / tensor.shape().get(0);
          weight(spec, tensor, inputs, values, random);
        }
        case BIAS -> bias(spec, inputs, values, random);
        case SCALE -> fill(values, random, 1, authors ? AUTHORS_SCALE : 0);
        case SLOPE -> Arrays.fill(values, SLOPE);
        case FIXED_SCALE, RUNNING_VARIANCE -> Arrays.fill(values, 1);
        case SHIFT, RUNNING_MEAN -> Arrays.fill(values, 0);
      }
      weights.put(tensor.name(), new Tensor(values, tensor.dimensions()));
    }
    return weights;
  }

  private static void weight(
      NetworkSpec spec, TensorSpec tensor, int inputs, float[] values, Random random) {
    boolean convolution = tensor.shape().size() == 4;
    int outputs = values.length / tensor.shape().get(1);
    switch (spec.initialisation()) {
      case AUTHORS ->
          fill(values, random, 0, convolution ? AUTHORS_CONVOLUTION : kaiming(spec, inputs));
      case KAIMING -> fill(values, random, 0, kaiming(spec, inputs));
      case RESNET, IRESNET, TORCH -> {
        if (!convolution || spec.initialisation() == Initialisation.TORCH) {
          uniform(values, random, inputs);
        } else if (spec.initialisation() == Initialisation.RESNET) {
          fill(values, random, 0, Math.sqrt(2.0 / outputs));
        } else {
          fill(values, random, 0, IRESNET_CONVOLUTION);
        }
      }
    }
  }

  private static void bias(NetworkSpec spec, int inputs, float[] values, Random random) {
    switch (spec.initialisation()) {
      case AUTHORS, KAIMING -> Arrays.fill(values, 0);
      case RESNET, IRESNET, TORCH -> uniform(values, random, inputs);
    }
  }

  private static void uniform(float[] values, Random random, int inputs) {
    double limit = 1 / Math.sqrt(inputs);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (limit * (2 * random.nextDouble() - 1));
    }
  }

  private static void fill(float[] values, Random random, double mean, double spread) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + (spread == 0 ? 0 : spread * random.nextGaussian()));
    }
  }

  /** Keeps the variance of activations through a layer and the LeakyReLU behind it. */
  private static double kaiming(NetworkSpec spec, int inputs) {
    double slope =
        spec.layers().stream()
            .filter(Layer.LeakyRelu.class::isInstance)
            .mapToDouble(layer -> ((Layer.LeakyRelu) layer).slope())
            .findFirst()
            .orElse(0);
    return Math.sqrt(2 / ((1 + slope * slope) * inputs));
  }
}
