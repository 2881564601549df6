package io.nirvanastreams.embedding.graph;

import io.nirvanastreams.embedding.network.Layer;
import io.nirvanastreams.embedding.network.NetworkSpec;

/**
 * The source of a pass with weights that are being trained: batch normalisation is a layer of its
 * own. In training it takes the statistics of the batch and updates the running ones in place, and
 * channels are dropped; else it takes the running ones. The weights stay float32 and are rounded on
 * each use where the pass is in bfloat16, so that small updates are not lost.
 */
final class TrainingSource extends GraphSource {
  /** What the batch adds to the running statistics; as torch's default. */
  private static final double MOMENTUM = 0.1;

  private final boolean training;

  TrainingSource(NetworkSpec spec, boolean reduced, boolean training) {
    super(spec, reduced);
    this.training = training;
  }

  @Override
  void convolution(Layer.Convolution layer) {
    String weight = weight(layer.name() + ".weight");
    line(
        "x = torch.conv2d(x, %s, None, %s, %s, [1, 1], 1)",
        narrow() ? cast(weight, true) : weight, pair(layer.stride()), pair(layer.padding()));
    normalise(layer.batchNorm());
  }

  @Override
  void hidden(Layer.Hidden layer) {
    line("x = torch.linear(x, %s, None)", weight(layer.name() + ".weight"));
    normalise(layer.batchNorm());
  }

  private void normalise(String name) {
    line(
        "x = torch.batch_norm(x, %s, %s, %s, %s, %s, %s, %s, True)",
        weight(name + ".weight"),
        weight(name + ".bias"),
        weight(name + ".running_mean"),
        weight(name + ".running_var"),
        training ? "True" : "False",
        number(MOMENTUM),
        number(NetworkSpec.EPSILON));
  }

  @Override
  void linear(Layer.Linear layer) {
    String name = layer.name();
    line("x = torch.linear(x, %s, %s)", weight(name + ".weight"), weight(name + ".bias"));
  }

  @Override
  void dropChannels(Layer.DropChannels layer) {
    if (training && layer.probability() > 0) {
      line("x = torch.feature_dropout(x, %s, True)", number(layer.probability()));
    }
  }

  @Override
  void pooled(int side) {
    // No operation has to be told how large the images are.
  }
}
