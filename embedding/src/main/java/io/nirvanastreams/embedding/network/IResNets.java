package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.network.Augmentation.Kind;
import io.nirvanastreams.embedding.network.NetworkSpec.Initialisation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The residual networks for faces of Deng, Guo, Xue, Zafeiriou, "ArcFace", CVPR 2019, with the
 * names of InsightFace's arcface_torch: normalisation before a block's first convolution, no
 * activation behind the sum, and a linear layer over all pixels at the end.
 */
final class IResNets {
  /** Blocks of each stage. */
  private static final Map<String, List<Integer>> BLOCKS =
      Map.of(Networks.IRESNET50, List.of(3, 4, 14, 3), Networks.IRESNET100, List.of(3, 13, 30, 3));

  private static final int FEATURES = 512;

  private IResNets() {}

  static NetworkSpec table(NetworkRequest request) {
    request.requireOptions("dropout", "width");
    request.requireWidth(FEATURES);
    float dropout = request.dropout(0);
    int width = request.positive("width", 64);
    List<Layer> layers = new ArrayList<>();
    layers.add(
        new Layer.Convolution(
            request.name("conv1"),
            request.name("bn1"),
            request.input().channels(),
            width,
            3,
            1,
            1));
    layers.add(new Layer.PRelu(request.name("prelu"), width));
    int in = width;
    int out = width;
    int stage = 1;
    for (int blocks : BLOCKS.get(request.architecture())) {
      for (int block = 0; block < blocks; block++) {
        layers.add(block(request.name("layer" + stage + "." + block), in, out, block == 0));
        in = out;
      }
      out *= 2;
      stage++;
    }
    layers.add(new Layer.BatchNorm(request.name("bn2"), in, true));
    layers.add(new Layer.Flatten());
    if (dropout > 0) {
      layers.add(new Layer.DropValues(dropout));
    }
    int pixels = LayerShapes.after(layers, request.input()).get(0);
    if (request.augmentation().kind() == Kind.REVISED) {
      // The authors' revised network has its linear layers in the place of the last one here.
      return request.table(layers, pixels, "head", Initialisation.IRESNET, replaced());
    }
    int features = request.augmentation().present() ? FEATURES : request.dimension();
    layers.add(new Layer.Linear(request.name("fc"), pixels, features));
    layers.add(new Layer.BatchNorm(request.name("features"), features, false));
    return request.table(layers, features, "head", Initialisation.IRESNET, Set.of());
  }

  private static Layer block(String name, int in, int out, boolean first) {
    List<Layer> body =
        List.of(
            new Layer.BatchNorm(name + ".bn1", in, true),
            new Layer.Convolution(name + ".conv1", name + ".bn2", in, out, 3, 1, 1),
            new Layer.PRelu(name + ".prelu", out),
            new Layer.Convolution(name + ".conv2", name + ".bn3", out, out, 3, first ? 2 : 1, 1));
    String downsample = name + ".downsample";
    return new Layer.Residual(
        body,
        first
            ? List.of(new Layer.Convolution(downsample + ".0", downsample + ".1", in, out, 1, 2, 0))
            : List.of());
  }

  private static Set<String> replaced() {
    Set<String> names = new HashSet<>(Set.of("fc.weight", "fc.bias"));
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      names.add("features." + part);
    }
    names.add("features.num_batches_tracked");
    return names;
  }
}
