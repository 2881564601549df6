package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.network.NetworkSpec.Initialisation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The network of the paper's open-set experiments: three groups of three convolutions. */
final class Classifier32 {
  private static final List<Integer> WIDTHS = List.of(64, 64, 128, 128, 128, 128, 128, 128, 128);

  private Classifier32() {}

  static NetworkSpec table(NetworkRequest request) {
    request.requireOptions("dropout");
    float dropout = request.dropout(0.2f);
    List<Layer> layers = new ArrayList<>();
    int in = request.input().channels();
    for (int i = 0; i < WIDTHS.size(); i++) {
      if (i % 3 == 0) {
        layers.add(new Layer.DropChannels(dropout));
      }
      int stride = i % 3 == 2 ? 2 : 1;
      String name = request.name("conv" + (i + 1));
      String batchNorm = request.name("bn" + (i + 1));
      layers.add(new Layer.Convolution(name, batchNorm, in, WIDTHS.get(i), 3, stride, 1));
      layers.add(new Layer.LeakyRelu(0.2f));
      in = WIDTHS.get(i);
    }
    layers.add(new Layer.GlobalAveragePool());
    // The authors' files carry the softmax classifier and a normalisation their features skip.
    Set<String> ignored = new HashSet<>(Set.of("fc.weight", "fc.bias"));
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      ignored.add("bn10." + part);
    }
    ignored.add("bn10.num_batches_tracked");
    return request.table(layers, in, "head", Initialisation.AUTHORS, ignored);
  }
}
