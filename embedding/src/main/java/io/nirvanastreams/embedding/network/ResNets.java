package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.network.NetworkSpec.Initialisation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The residual networks of He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition",
 * CVPR 2016, with the names of torchvision. Where a block of three convolutions halves the image,
 * the middle one has the stride, as in torchvision.
 */
final class ResNets {
  /** Blocks of each stage. */
  private static final Map<String, List<Integer>> BLOCKS =
      Map.of(
          Networks.RESNET18, List.of(2, 2, 2, 2),
          Networks.RESNET34, List.of(3, 4, 6, 3),
          Networks.RESNET50, List.of(3, 4, 6, 3),
          Networks.RESNET101, List.of(3, 4, 23, 3));

  private static final Set<String> OF_THREE = Set.of(Networks.RESNET50, Networks.RESNET101);

  /** The larger ones widen their blocks' outputs by this. */
  private static final int EXPANSION = 4;

  private static final int SMALL_IMAGE = 32;

  private ResNets() {}

  private enum Stem {
    /** For small images: nothing is halved. */
    CIFAR,
    /** A quarter of the image's side is left. */
    IMAGENET;

    static Stem of(NetworkRequest request) {
      int side = Math.max(request.input().height(), request.input().width());
      String otherwise = side > SMALL_IMAGE ? "imagenet" : "cifar";
      String stem = request.options().getOrDefault("stem", otherwise);
      for (Stem known : values()) {
        if (known.name().toLowerCase(Locale.ROOT).equals(stem)) {
          return known;
        }
      }
      throw new IllegalArgumentException("the stem is cifar or imagenet, not " + stem);
    }
  }

  static NetworkSpec table(NetworkRequest request) {
    request.requireOptions("stem", "width");
    int width = request.positive("width", 64);
    boolean ofThree = OF_THREE.contains(request.architecture());
    int expansion = ofThree ? EXPANSION : 1;
    List<Layer> layers = new ArrayList<>(stem(request, width));
    int in = width;
    int planes = width;
    int stage = 1;
    for (int blocks : BLOCKS.get(request.architecture())) {
      for (int block = 0; block < blocks; block++) {
        int stride = block == 0 && stage > 1 ? 2 : 1;
        String name = request.name("layer" + stage + "." + block);
        int out = planes * expansion;
        List<Layer> body =
            ofThree ? three(name, in, planes, out, stride) : two(name, in, out, stride);
        layers.add(new Layer.Residual(body, shortcut(name, in, out, stride)));
        layers.add(new Layer.Relu());
        in = out;
      }
      planes *= 2;
      stage++;
    }
    layers.add(new Layer.GlobalAveragePool());
    request.requireWidth(in);
    // Files of classifiers: the last layer in torchvision's and in the authors' form.
    Set<String> classifier = Set.of("fc.weight", "fc.bias", "linear.weight", "linear.bias");
    return request.table(layers, in, "head", Initialisation.RESNET, classifier);
  }

  private static List<Layer> stem(NetworkRequest request, int width) {
    int in = request.input().channels();
    String name = request.name("conv1");
    String batchNorm = request.name("bn1");
    return switch (Stem.of(request)) {
      case CIFAR ->
          List.of(new Layer.Convolution(name, batchNorm, in, width, 3, 1, 1), new Layer.Relu());
      case IMAGENET ->
          List.of(
              new Layer.Convolution(name, batchNorm, in, width, 7, 2, 3),
              new Layer.Relu(),
              new Layer.MaxPool(3, 2, 1));
    };
  }

  private static List<Layer> two(String name, int in, int out, int stride) {
    return List.of(
        new Layer.Convolution(name + ".conv1", name + ".bn1", in, out, 3, stride, 1),
        new Layer.Relu(),
        new Layer.Convolution(name + ".conv2", name + ".bn2", out, out, 3, 1, 1));
  }

  private static List<Layer> three(String name, int in, int planes, int out, int stride) {
    return List.of(
        new Layer.Convolution(name + ".conv1", name + ".bn1", in, planes, 1, 1, 0),
        new Layer.Relu(),
        new Layer.Convolution(name + ".conv2", name + ".bn2", planes, planes, 3, stride, 1),
        new Layer.Relu(),
        new Layer.Convolution(name + ".conv3", name + ".bn3", planes, out, 1, 1, 0));
  }

  private static List<Layer> shortcut(String name, int in, int out, int stride) {
    if (stride == 1 && in == out) {
      return List.of();
    }
    String downsample = name + ".downsample";
    return List.of(
        new Layer.Convolution(downsample + ".0", downsample + ".1", in, out, 1, stride, 0));
  }
}
