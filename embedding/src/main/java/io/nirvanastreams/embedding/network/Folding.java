package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * Folds batch normalisation into the layer before it. With the running statistics the normalisation
 * is {@code s * y + (shift - s * mean)}, s = scale / sqrt(variance + epsilon), for each output
 * channel; so the layer's weights take the factor s and a bias takes the rest. Stateless.
 */
public final class Folding {
  private Folding() {}

  /** Weight and bias of every layer that has weights. */
  public static Map<String, Tensor> fold(NetworkSpec spec, Map<String, Tensor> weights) {
    Map<String, Tensor> folded = new HashMap<>();
    for (Layer layer : spec.layers()) {
      if (layer instanceof Layer.Convolution convolution) {
        fold(convolution.name(), convolution.batchNorm(), weights, folded);
      } else if (layer instanceof Layer.Hidden hidden) {
        fold(hidden.name(), hidden.batchNorm(), weights, folded);
      } else if (layer instanceof Layer.Linear linear) {
        folded.put(linear.name() + ".weight", weights.get(linear.name() + ".weight"));
        folded.put(linear.name() + ".bias", weights.get(linear.name() + ".bias"));
      }
    }
    return folded;
  }

  private static void fold(
      String name, String batchNorm, Map<String, Tensor> weights, Map<String, Tensor> folded) {
    Tensor weight = weights.get(name + ".weight");
    float[] scale = weights.get(batchNorm + ".weight").data();
    float[] shift = weights.get(batchNorm + ".bias").data();
    float[] mean = weights.get(batchNorm + ".running_mean").data();
    float[] variance = weights.get(batchNorm + ".running_var").data();
    float[] values = weight.data().clone();
    float[] bias = new float[scale.length];
    int inputs = values.length / scale.length;
    for (int out = 0; out < scale.length; out++) {
      double factor = scale[out] / Math.sqrt(variance[out] + (double) NetworkSpec.EPSILON);
      for (int i = out * inputs; i < (out + 1) * inputs; i++) {
        values[i] = (float) (values[i] * factor);
      }
      bias[out] = (float) (shift[out] - mean[out] * factor);
    }
    folded.put(name + ".weight", new Tensor(values, weight.shape()));
    folded.put(name + ".bias", new Tensor(bias, new long[] {bias.length}));
  }
}
