package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.safetensors.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Weights that are a function of names and positions, as {@code src/test/golden/networks.py} has
 * them too. They keep the size of activations; statistics and slopes are far from the defaults.
 */
final class NamedWeights {
  private NamedWeights() {}

  static Map<String, Tensor> of(NetworkSpec spec) {
    Map<String, Tensor> weights = new HashMap<>();
    for (TensorSpec tensor : spec.tensors()) {
      int count = Tensor.count(tensor.dimensions());
      double limit = Math.sqrt(3.0 / (count / tensor.shape().get(0)));
      float[] values =
          switch (tensor.role()) {
            case WEIGHT -> uniform(tensor.name(), count, 2 * limit, -limit);
            case SCALE, FIXED_SCALE, RUNNING_VARIANCE -> uniform(tensor.name(), count, 1, 0.5);
            case SLOPE -> uniform(tensor.name(), count, 0.3, 0.1);
            case BIAS, SHIFT, RUNNING_MEAN -> uniform(tensor.name(), count, 0.4, -0.2);
          };
      weights.put(tensor.name(), new Tensor(values, tensor.dimensions()));
    }
    return weights;
  }

  /** Values from {@code shift} to {@code shift + factor}. */
  static float[] uniform(String name, int count, double factor, double shift) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    int seed = (int) crc.getValue();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int x = i * 0x9E3779B1 + seed;
      x = (x ^ (x >>> 16)) * 0x85EBCA6B;
      x ^= x >>> 13;
      values[i] = (float) (factor * ((x >>> 8) / (double) (1 << 24)) + shift);
    }
    return values;
  }
}
