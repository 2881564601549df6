package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.network.NetworkSpec.Initialisation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The small networks. */
final class Lenets {
  private static final int PLUS_FEATURES = 2;

  private Lenets() {}

  /** Blocks of convolution, normalisation, LeakyReLU and pooling, then a hidden layer. */
  static NetworkSpec small(NetworkRequest request) {
    request.requireOptions("channels", "hidden", "initialisation");
    float slope = 0.1f;
    List<Layer> layers = new ArrayList<>();
    int in = request.input().channels();
    int number = 0;
    for (String part : request.options().getOrDefault("channels", "16,32,64").split(",", -1)) {
      int out = NetworkRequest.positive("each of channels", part);
      number++;
      String name = request.name("conv" + number);
      layers.add(new Layer.Convolution(name, request.name("bn" + number), in, out, 3, 1, 1));
      layers.add(new Layer.LeakyRelu(slope));
      layers.add(new Layer.MaxPool(2));
      in = out;
    }
    int hidden = request.positive("hidden", 64);
    layers.add(new Layer.Flatten());
    int pixels = LayerShapes.after(layers, request.input()).get(0);
    String batchNorm = request.name("bn" + (number + 1));
    layers.add(new Layer.Hidden(request.name("fc1"), batchNorm, pixels, hidden));
    layers.add(new Layer.LeakyRelu(slope));
    return request.table(layers, hidden, "fc", initialisation(request), Set.of());
  }

  /**
   * Kaiming's, unless torch's is asked for. That is 2.4 times smaller, so that behind normalisation
   * the same learning rate turns the weights six times as far.
   */
  private static Initialisation initialisation(NetworkRequest request) {
    String name = request.options().getOrDefault("initialisation", "kaiming");
    return switch (name) {
      case "kaiming" -> Initialisation.KAIMING;
      case "torch" -> Initialisation.TORCH;
      default ->
          throw new IllegalArgumentException("initialisation is kaiming or torch, not " + name);
    };
  }

  /**
   * LeNet++ of the authors' pictures, where everything is squeezed through 2 values. In their LeNet
   * file the fourth activation is a LeakyReLU of slope 0.1 without a tensor; put {@code
   * prelu2_2.weight = 0.1} into such weights.
   */
  static NetworkSpec plus(NetworkRequest request) {
    request.requireOptions();
    List<Layer> layers = new ArrayList<>();
    int in = request.input().channels();
    for (int stage = 1; stage <= 3; stage++) {
      int out = 16 << stage;
      for (int half = 1; half <= 2; half++) {
        String number = stage + "_" + half;
        String name = request.name("conv" + number);
        layers.add(new Layer.BiasedConvolution(name, in, out, 5, 1, 2));
        layers.add(new Layer.PRelu(request.name("prelu" + number), 1));
        layers.add(new Layer.BatchNorm(name + "_bn", out, true));
        in = out;
      }
      layers.add(new Layer.MaxPool(2));
    }
    layers.add(new Layer.Flatten());
    int pixels = LayerShapes.after(layers, request.input()).get(0);
    int features = request.augmentation().present() ? PLUS_FEATURES : request.dimension();
    layers.add(new Layer.Linear(request.name("fc1"), pixels, features));
    layers.add(new Layer.PRelu(request.name("prelu_fc1"), 1));
    Set<String> classifier = Set.of("fc2.weight", "fc2.bias");
    return request.table(layers, features, "head", Initialisation.TORCH, classifier);
  }
}
