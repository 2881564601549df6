package io.nirvanastreams.embedding.graph;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.TensorSpec;
import io.nirvanastreams.embedding.network.Weights;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Images and weights for tests of the graphs. */
final class GraphSamples {
  private GraphSamples() {}

  /** Seeded noise. */
  static List<byte[]> images(int count, InputShape shape) {
    Random random = new Random(1);
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] image = new byte[shape.size()];
      random.nextBytes(image);
      images.add(image);
    }
    return images;
  }

  /** New weights with statistics and shifts that a wrong folding would not survive. */
  static Map<String, Tensor> weights(NetworkSpec spec) {
    Map<String, Tensor> weights = Weights.draw(spec, 1);
    Random random = new Random(2);
    for (TensorSpec tensor : spec.tensors()) {
      float[] values = weights.get(tensor.name()).data();
      switch (tensor.role()) {
        case BIAS, SHIFT, RUNNING_MEAN -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.1 * random.nextGaussian());
          }
        }
        case RUNNING_VARIANCE -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = 0.5f + random.nextFloat();
          }
        }
        default -> {
          // As drawn.
        }
      }
    }
    return weights;
  }

  /** The largest absolute difference, divided by the largest absolute value of the first. */
  static double difference(float[] expected, float[] found) {
    double scale = 0;
    double largest = expected.length == found.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(expected.length, found.length); i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      // NaN must not pass.
      double difference = Math.abs(expected[i] - found[i]);
      largest = difference <= largest ? largest : difference;
    }
    return largest / scale;
  }
}
