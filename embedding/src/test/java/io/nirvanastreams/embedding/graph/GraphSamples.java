package io.nirvanastreams.embedding.graph;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.NetworkSpec;
import io.nirvanastreams.embedding.network.Networks;
import io.nirvanastreams.embedding.network.TensorSpec;
import io.nirvanastreams.embedding.network.Weights;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Networks, weights and images for tests of the graphs. */
final class GraphSamples {
  private static final int SQUARES = 5;
  private static final InputShape DIGIT = new InputShape(1, 28, 28);
  private static final InputShape COLOUR = new InputShape(3, 32, 32);

  private GraphSamples() {}

  /** Every network once, some in another form as well; small, and without dropout. */
  static List<NetworkSpec> networks() {
    Map<String, String> still = Map.of("dropout", "0");
    Map<String, String> narrow = Map.of("width", "8");
    List<NetworkSpec> networks =
        List.of(
            Networks.byName("classifier32", still, COLOUR, 128),
            Networks.byName("classifier32", still, COLOUR, 40),
            Networks.byName("classifier32", Map.of("dropout", "0", "dam", "2"), COLOUR, 200),
            Networks.byName("lenet-small", Map.of(), DIGIT, 32),
            Networks.byName(
                "lenet-small", Map.of("channels", "8,20"), new InputShape(3, 31, 30), 10),
            Networks.byName("lenet++", Map.of(), DIGIT, 2),
            Networks.byName("resnet18", narrow, COLOUR, 64),
            Networks.byName(
                "resnet18",
                Map.of("width", "8", "stem", "imagenet"),
                new InputShape(3, 64, 64),
                20),
            Networks.byName("resnet34", Map.of("width", "8", "revised", "2"), COLOUR, 70),
            Networks.byName("resnet50", narrow, COLOUR, 256),
            Networks.byName("resnet101", Map.of("width", "4"), COLOUR, 128),
            Networks.byName("iresnet50", narrow, new InputShape(3, 16, 32), 30),
            Networks.byName("iresnet100", narrow, new InputShape(3, 32, 16), 30));
    List<String> missing = new ArrayList<>(Networks.names());
    missing.removeAll(networks.stream().map(NetworkSpec::architecture).toList());
    if (!missing.isEmpty()) {
      throw new AssertionError("no sample of " + missing);
    }
    return networks;
  }

  /**
   * Squares of random colours. Images that differ as a whole keep the variances of a batch away
   * from 0, where normalisation would blow up every rounding.
   */
  static List<byte[]> images(int count, InputShape shape) {
    Random random = new Random(1);
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] image = new byte[shape.size()];
      byte[] colours = new byte[SQUARES * SQUARES * shape.channels()];
      random.nextBytes(colours);
      for (int pixel = 0; pixel < image.length; pixel++) {
        int place = pixel / shape.channels();
        int row = place / shape.width() * SQUARES / shape.height();
        int column = place % shape.width() * SQUARES / shape.width();
        int channel = pixel % shape.channels();
        image[pixel] = colours[(row * SQUARES + column) * shape.channels() + channel];
      }
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
      for (int i = 0; i < values.length; i++) {
        switch (tensor.role()) {
          case BIAS, SHIFT, RUNNING_MEAN -> values[i] = (float) (0.1 * random.nextGaussian());
          case RUNNING_VARIANCE -> values[i] = 0.5f + random.nextFloat();
          case SCALE -> {
            if (tensor.name().endsWith(".bn3.weight")) {
              // As it would be drawn, each of the many blocks would double what it adds to.
              values[i] *= 0.2f;
            }
          }
          default -> {
            // As drawn.
          }
        }
      }
    }
    return weights;
  }

  /** The largest absolute difference, divided by the largest absolute value of the first. */
  static double difference(float[] expected, float[] found) {
    if (expected.length != found.length) {
      return Double.POSITIVE_INFINITY;
    }
    float[] differences = new float[expected.length];
    for (int i = 0; i < expected.length; i++) {
      differences[i] = expected[i] - found[i];
    }
    return largest(differences) / largest(expected);
  }

  /** The largest absolute value; NaN stays, so that it cannot pass. */
  static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs((double) value));
    }
    return largest;
  }
}
