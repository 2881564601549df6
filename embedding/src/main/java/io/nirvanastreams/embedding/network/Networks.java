package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.NetworkSpec.Initialisation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The networks by name. Stateless. */
public final class Networks {
  /** The network of the paper's experiments: 9 convolutions, 1.0 M weights, 128 features. */
  public static final String CLASSIFIER32 = "classifier32";

  /** A small network that trains in about a minute on a laptop. */
  public static final String LENET_SMALL = "lenet-small";

  private static final int CLASSIFIER32_WIDTH = 128;

  private Networks() {}

  /** All names. */
  public static List<String> names() {
    return List.of(CLASSIFIER32, LENET_SMALL);
  }

  /**
   * The layer table of a network.
   *
   * <p>{@code classifier32}: option {@code dropout} (0.2), the probability that a channel is left
   * out in training. A linear head is added when D is not 128, the width of its last layer.
   *
   * <p>{@code lenet-small}: blocks of convolution, normalisation, LeakyReLU and pooling, then a
   * hidden layer, the representation, and a linear head. Options {@code channels} (16,32,64), one
   * number a block, and {@code hidden} (64).
   *
   * @param architecture one of {@link #names()}
   * @param options settings; what is absent takes its default
   * @param input the images it takes
   * @param dimension D, the length of the feature
   * @throws IllegalArgumentException for an unknown name or option, or a shape the network cannot
   *     take
   */
  public static NetworkSpec byName(
      String architecture, Map<String, String> options, InputShape input, int dimension) {
    if (dimension < 1) {
      throw new IllegalArgumentException("a feature has at least 1 value, not " + dimension);
    }
    return switch (architecture) {
      case CLASSIFIER32 -> classifier32(options, input, dimension);
      case LENET_SMALL -> lenetSmall(options, input, dimension);
      default ->
          throw new IllegalArgumentException(
              "no network is called " + architecture + "; there are " + names());
    };
  }

  private static NetworkSpec classifier32(
      Map<String, String> options, InputShape input, int dimension) {
    requireKnown(options, Set.of("dropout"));
    float dropout = Float.parseFloat(options.getOrDefault("dropout", "0.2"));
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout is from 0 to below 1, not " + dropout);
    }
    int[] widths = {64, 64, 128, 128, 128, 128, 128, 128, CLASSIFIER32_WIDTH};
    List<Layer> layers = new ArrayList<>();
    int in = input.channels();
    for (int i = 0; i < widths.length; i++) {
      if (i % 3 == 0) {
        layers.add(new Layer.DropChannels(dropout));
      }
      int stride = i % 3 == 2 ? 2 : 1;
      String number = String.valueOf(i + 1);
      layers.add(
          new Layer.Convolution("conv" + number, "bn" + number, in, widths[i], 3, stride, 1));
      layers.add(new Layer.LeakyRelu(0.2f));
      in = widths[i];
    }
    layers.add(new Layer.GlobalAveragePool());
    layers.add(new Layer.Representation());
    if (dimension != CLASSIFIER32_WIDTH) {
      layers.add(new Layer.Linear("head", CLASSIFIER32_WIDTH, dimension));
    }
    // The authors' files carry the softmax classifier and a normalisation their features skip.
    Set<String> ignored = new HashSet<>(Set.of("fc.weight", "fc.bias"));
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      ignored.add("bn10." + part);
    }
    ignored.add("bn10.num_batches_tracked");
    return new NetworkSpec(CLASSIFIER32, input, dimension, layers, Initialisation.AUTHORS, ignored);
  }

  private static NetworkSpec lenetSmall(
      Map<String, String> options, InputShape input, int dimension) {
    requireKnown(options, Set.of("channels", "hidden"));
    float slope = 0.1f;
    List<Layer> layers = new ArrayList<>();
    int in = input.channels();
    int height = input.height();
    int width = input.width();
    int number = 0;
    for (String part : options.getOrDefault("channels", "16,32,64").split(",", -1)) {
      int out = positive(part);
      number++;
      layers.add(new Layer.Convolution("conv" + number, "bn" + number, in, out, 3, 1, 1));
      layers.add(new Layer.LeakyRelu(slope));
      layers.add(new Layer.MaxPool(2));
      in = out;
      height /= 2;
      width /= 2;
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "images of " + input + " are too small for " + number + " poolings");
    }
    int hidden = positive(options.getOrDefault("hidden", "64"));
    layers.add(new Layer.Flatten());
    layers.add(new Layer.Hidden("fc1", "bn" + (number + 1), in * height * width, hidden));
    layers.add(new Layer.LeakyRelu(slope));
    layers.add(new Layer.Representation());
    layers.add(new Layer.Linear("fc", hidden, dimension));
    return new NetworkSpec(LENET_SMALL, input, dimension, layers, Initialisation.KAIMING, Set.of());
  }

  private static int positive(String number) {
    int value = Integer.parseInt(number.strip());
    if (value < 1) {
      throw new IllegalArgumentException("a layer has at least 1 unit, not " + value);
    }
    return value;
  }

  private static void requireKnown(Map<String, String> options, Set<String> known) {
    for (String option : options.keySet()) {
      if (!known.contains(option)) {
        throw new IllegalArgumentException("no option " + option + "; there are " + known);
      }
    }
  }
}
