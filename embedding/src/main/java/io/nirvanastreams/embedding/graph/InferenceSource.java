package io.nirvanastreams.embedding.graph;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The source of a pass through a frozen table. On a CPU a convolution, its bias and its activation
 * are one operation with weights that lie as it wants them. Beside {@code forward} there is {@code
 * pack}, which makes its list of weights out of plain ones, sharing no memory with them, and is run
 * once.
 */
final class InferenceSource extends GraphSource {
  /** Images for which the layout of the weights is chosen; other numbers work as well. */
  private static final int TYPICAL_BATCH = 32;

  private final boolean fused;
  private final boolean rowByRow;
  private final Map<String, String> packing = new HashMap<>();

  /**
   * A source to be.
   *
   * @param fused uses the CPU's own operations
   * @param rowByRow as {@link io.nirvanastreams.embedding.network.InferenceNetwork} does it
   */
  InferenceSource(InputShape input, boolean reduced, boolean fused, boolean rowByRow) {
    super(input, reduced);
    this.fused = fused;
    this.rowByRow = rowByRow;
  }

  /** The method {@code pack}; after {@link #forward}. */
  String pack() {
    List<String> packed = new ArrayList<>();
    for (String name : text().weights()) {
      packed.add(packing.getOrDefault(name, copy(text().weight(name), false)));
    }
    return ScriptModule.signature("pack", ", w: List[Tensor]", "List[Tensor]")
        + "    return ["
        + String.join(", ", packed)
        + "]\n";
  }

  @Override
  void convolution(Layer.BiasedConvolution layer) {
    String name = layer.name() + ".weight";
    String weight = text().weight(name);
    String bias = text().weight(layer.name() + ".bias");
    String stride = GraphText.pair(layer.stride());
    String padding = GraphText.pair(layer.padding());
    String cast = GraphText.cast(weight, narrow());
    packing.put(layer.name() + ".bias", copy(bias, narrow()));
    if (fused) {
      packing.put(
          name,
          "ops.mkldnn._reorder_convolution_weight(%s, %s, %s, [1, 1], 1, [%d, %d, %d, %d])"
              .formatted(cast, padding, stride, TYPICAL_BATCH, layer.in(), height(), width()));
      text()
          .line(
              "x = ops.mkldnn._convolution_pointwise(x, %s, %s, %s, %s, [1, 1], 1, %s, \"\")",
              weight, bias, padding, stride, fusedActivation());
    } else {
      packing.put(name, "torch.clone(%s, memory_format=2)".formatted(cast));
      text().line("x = torch.conv2d(x, %s, %s, %s, %s, [1, 1], 1)", weight, bias, stride, padding);
    }
  }

  /** What a fused convolution does to its result, taken from the row behind it. */
  private String fusedActivation() {
    String form = "\"%s\", annotate(List[Optional[number]], [%s])";
    if (following() instanceof Layer.LeakyRelu activation) {
      skip();
      return form.formatted("leaky_relu", GraphText.number(activation.slope()));
    } else if (following() instanceof Layer.Relu) {
      skip();
      return form.formatted("relu", "");
    }
    return form.formatted("none", "");
  }

  @Override
  void linear(Layer.Linear layer) {
    String weight = text().weight(layer.name() + ".weight");
    String bias = text().weight(layer.name() + ".bias");
    if (rowByRow) {
      text()
          .line(
              "m = torch.expand(torch.unsqueeze(torch.t(%s), 0), [torch.size(x, 0), %d, %d])",
              weight, layer.in(), layer.out());
      text().line("x = torch.add(torch.squeeze(torch.bmm(torch.unsqueeze(x, 1), m), 1), %s)", bias);
    } else {
      text().line("x = torch.linear(x, %s, %s)", weight, bias);
    }
  }

  @Override
  void special(Layer layer) {
    if (!(layer instanceof Layer.ScaleShift s)) {
      throw new IllegalStateException("no rule for " + layer + " in inference");
    }
    String shape = flat() ? "[1, -1]" : "[1, -1, 1, 1]";
    text()
        .line(
            "x = torch.add_(torch.mul(x, torch.reshape(%s, %s)), torch.reshape(%s, %s))",
            channels(s.name() + ".weight"), shape, channels(s.name() + ".bias"), shape);
    own();
  }

  @Override
  String channels(String name) {
    String weight = text().weight(name);
    packing.put(name, copy(weight, narrow()));
    return weight;
  }

  /**
   * A tensor with memory of its own. That of the plain weights ends with their Java buffers, which
   * the engine uses without a copy.
   */
  private static String copy(String expression, boolean reduced) {
    return "torch.clone(" + GraphText.cast(expression, reduced) + ")";
  }

  @Override
  String addition() {
    return "add_";
  }
}
