package io.nirvanastreams.embedding.graph;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.Layer;
import io.nirvanastreams.embedding.network.NetworkSpec;

/**
 * The source of a pass with weights that are being trained. In training, batch normalisation takes
 * the statistics of the batch and updates the running ones in place, and dropout drops; else it
 * takes the running ones. The weights stay float32 and are rounded on each use where the pass is in
 * bfloat16, so that small updates are not lost.
 */
final class TrainingSource extends GraphSource {
  /** What the batch adds to the running statistics; torch's default. */
  private static final double MOMENTUM = 0.1;

  private final boolean training;

  TrainingSource(InputShape input, boolean reduced, boolean training) {
    super(input, reduced);
    this.training = training;
  }

  @Override
  void special(Layer layer) {
    if (layer instanceof Layer.Convolution c) {
      convolve(c.name(), "None", c.stride(), c.padding());
      resized(c.kernel(), c.stride(), c.padding());
      normalise(c.batchNorm());
    } else if (layer instanceof Layer.Hidden hidden) {
      text().line("x = torch.linear(x, %s, None)", text().weight(hidden.name() + ".weight"));
      normalise(hidden.batchNorm());
    } else if (layer instanceof Layer.BatchNorm batchNorm) {
      normalise(batchNorm.name());
    } else if (layer instanceof Layer.DropChannels drop) {
      drop("feature_dropout", drop.probability());
    } else if (layer instanceof Layer.DropValues drop) {
      drop("dropout", drop.probability());
    } else {
      throw new IllegalStateException("no rule for " + layer + " in training");
    }
  }

  @Override
  void convolution(Layer.BiasedConvolution layer) {
    String bias = channels(layer.name() + ".bias");
    convolve(layer.name(), bias, layer.stride(), layer.padding());
  }

  private void convolve(String name, String bias, int stride, int padding) {
    text()
        .line(
            "x = torch.conv2d(x, %s, %s, %s, %s, [1, 1], 1)",
            channels(name + ".weight"), bias, GraphText.pair(stride), GraphText.pair(padding));
  }

  @Override
  void linear(Layer.Linear layer) {
    String weight = text().weight(layer.name() + ".weight");
    text().line("x = torch.linear(x, %s, %s)", weight, text().weight(layer.name() + ".bias"));
  }

  private void normalise(String name) {
    text()
        .line(
            "x = torch.batch_norm(x, %s, %s, %s, %s, %s, %s, %s, True)",
            text().weight(name + ".weight"),
            text().weight(name + ".bias"),
            text().weight(name + ".running_mean"),
            text().weight(name + ".running_var"),
            training ? "True" : "False",
            GraphText.number(MOMENTUM),
            GraphText.number(NetworkSpec.EPSILON));
    own();
  }

  private void drop(String method, float probability) {
    if (training && probability > 0) {
      text().line("x = torch.%s(x, %s, True)", method, GraphText.number(probability));
      own();
    }
  }

  @Override
  String channels(String name) {
    String weight = text().weight(name);
    return narrow() ? GraphText.cast(weight, true) : weight;
  }

  @Override
  String addition() {
    // What the operation before it gave may be needed to go back.
    return "add";
  }
}
