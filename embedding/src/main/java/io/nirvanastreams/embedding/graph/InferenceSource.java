package io.nirvanastreams.embedding.graph;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.Layer;
import io.nirvanastreams.embedding.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The source of a pass with frozen weights: batch normalisation is folded away, and on a CPU a
 * convolution, its bias and its activation are one operation with weights that lie as it wants
 * them. Beside {@code forward} there is {@code pack}, which makes its list of weights out of plain
 * ones and is run once.
 */
final class InferenceSource extends GraphSource {
  /** Images for which the layout of the weights is chosen; other numbers work as well. */
  private static final int TYPICAL_BATCH = 32;

  private final boolean fused;
  private final boolean rowByRow;
  private final Map<String, String> packing = new TreeMap<>();
  private int height;
  private int width;

  /**
   * A source to be.
   *
   * @param fused uses the CPU's own operations
   * @param rowByRow as {@link io.nirvanastreams.embedding.network.InferenceNetwork} does it
   */
  InferenceSource(NetworkSpec spec, boolean reduced, boolean fused, boolean rowByRow) {
    super(spec, reduced);
    this.fused = fused;
    this.rowByRow = rowByRow;
    InputShape input = spec.input();
    height = input.height();
    width = input.width();
  }

  /** The method {@code pack}; after {@link #forward()}. */
  String pack() {
    List<String> packed = new ArrayList<>();
    for (String name : weights()) {
      packed.add(packing.getOrDefault(name, weight(name)));
    }
    return ScriptModule.signature("pack", ", w: List[Tensor]", "List[Tensor]")
        + "    return ["
        + String.join(", ", packed)
        + "]\n";
  }

  @Override
  void convolution(Layer.Convolution layer) {
    String name = layer.name() + ".weight";
    String weight = weight(name);
    String bias = weight(layer.name() + ".bias");
    String stride = pair(layer.stride());
    String padding = pair(layer.padding());
    String cast = cast(weight, narrow());
    packing.put(layer.name() + ".bias", cast(bias, narrow()));
    if (fused) {
      packing.put(
          name,
          "ops.mkldnn._reorder_convolution_weight(%s, %s, %s, [1, 1], 1, [%d, %d, %d, %d])"
              .formatted(cast, padding, stride, TYPICAL_BATCH, layer.in(), height, width));
      line(
          "x = ops.mkldnn._convolution_pointwise(x, %s, %s, %s, %s, [1, 1], 1, %s, \"\")",
          weight, bias, padding, stride, activation());
    } else {
      packing.put(name, "torch.contiguous(%s, memory_format=2)".formatted(cast));
      line("x = torch.conv2d(x, %s, %s, %s, %s, [1, 1], 1)", weight, bias, stride, padding);
    }
    height = (height + 2 * layer.padding() - layer.kernel()) / layer.stride() + 1;
    width = (width + 2 * layer.padding() - layer.kernel()) / layer.stride() + 1;
  }

  /** What a fused convolution does to its result, taken from the row behind it. */
  private String activation() {
    Layer.LeakyRelu activation = following(Layer.LeakyRelu.class);
    if (activation == null) {
      return "\"none\", annotate(List[Optional[number]], [])";
    }
    skip();
    return "\"leaky_relu\", annotate(List[Optional[number]], [%s])"
        .formatted(number(activation.slope()));
  }

  @Override
  void pooled(int side) {
    height /= side;
    width /= side;
  }

  @Override
  void hidden(Layer.Hidden layer) {
    product(layer.name(), layer.in(), layer.out());
  }

  @Override
  void linear(Layer.Linear layer) {
    product(layer.name(), layer.in(), layer.out());
  }

  private void product(String name, int in, int out) {
    String weight = weight(name + ".weight");
    String bias = weight(name + ".bias");
    if (rowByRow) {
      line(
          "m = torch.expand(torch.unsqueeze(torch.t(%s), 0), [torch.size(x, 0), %d, %d])",
          weight, in, out);
      line("x = torch.add(torch.squeeze(torch.bmm(torch.unsqueeze(x, 1), m), 1), %s)", bias);
    } else {
      line("x = torch.linear(x, %s, %s)", weight, bias);
    }
  }

  @Override
  void dropChannels(Layer.DropChannels layer) {
    // Only in training.
  }
}
