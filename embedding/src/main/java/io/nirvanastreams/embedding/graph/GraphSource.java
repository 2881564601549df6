package io.nirvanastreams.embedding.graph;

import io.nirvanastreams.embedding.network.Layer;
import io.nirvanastreams.embedding.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes the source of one walk through a layer table, in the subset of Python that the engine
 * compiles. The value that flows is called {@code x}; the weights are one list, {@code w}, whose
 * order is {@link #weights()}. What training and inference do differently is left to the
 * implementations. Used once, by one thread.
 */
abstract class GraphSource {
  /** The engine's numbers of its element types. */
  private static final int FLOAT32 = 6;

  private static final int BFLOAT16 = 15;

  private final NetworkSpec spec;
  private final boolean reduced;
  private final StringBuilder code = new StringBuilder();
  private final List<String> weights = new ArrayList<>();
  private List<Layer> layers = List.of();
  private int position;
  private boolean narrow;
  private boolean shared;

  /**
   * A source to be.
   *
   * @param reduced whether what comes before pooling or flattening is computed in bfloat16
   */
  GraphSource(NetworkSpec spec, boolean reduced) {
    this.spec = spec;
    this.reduced = reduced;
  }

  /**
   * The method {@code forward}: uint8 images (N, H, W, C) in; the feature (N, D) out, and beside it
   * the representation (N, R) where the table has one. Both are float32.
   */
  final String forward() {
    narrow = reduced;
    // Seen from the other side, pixels beside each other are the layout that convolutions like.
    line(
        "x = torch.mul(%s, %s)", cast("torch.permute(x, [0, 3, 1, 2])", reduced), number(1 / 255d));
    walk(spec.layers());
    widen();
    boolean head = spec.layers().stream().anyMatch(Layer.Representation.class::isInstance);
    line(head ? "return (x, r)" : "return x");
    String result = head ? "Tuple[Tensor, Tensor]" : "Tensor";
    return ScriptModule.signature("forward", ", x: Tensor, w: List[Tensor]", result) + code;
  }

  /** Names of the tensors in the order of the list that {@link #forward} takes. */
  final List<String> weights() {
    return List.copyOf(weights);
  }

  /** Emits a list of layers; for one inside another as well. */
  final void walk(List<Layer> rows) {
    List<Layer> outerLayers = layers;
    int outerPosition = position;
    layers = rows;
    for (position = 0; position < rows.size(); position++) {
      emit(rows.get(position));
    }
    layers = outerLayers;
    position = outerPosition;
  }

  private void emit(Layer layer) {
    if (layer instanceof Layer.Convolution convolution) {
      convolution(convolution);
      shared = false;
    } else if (layer instanceof Layer.Hidden hidden) {
      hidden(hidden);
      shared = false;
    } else if (layer instanceof Layer.Linear linear) {
      linear(linear);
      shared = false;
    } else if (layer instanceof Layer.DropChannels drop) {
      dropChannels(drop);
    } else if (layer instanceof Layer.LeakyRelu activation) {
      leakyRelu(activation);
    } else if (layer instanceof Layer.MaxPool pool) {
      maxPool(pool);
    } else if (layer instanceof Layer.GlobalAveragePool) {
      globalAveragePool();
    } else if (layer instanceof Layer.Flatten) {
      flatten();
    } else if (layer instanceof Layer.Representation) {
      representation();
    } else {
      throw new IllegalStateException("no rule for " + layer);
    }
  }

  abstract void convolution(Layer.Convolution layer);

  abstract void hidden(Layer.Hidden layer);

  abstract void linear(Layer.Linear layer);

  abstract void dropChannels(Layer.DropChannels layer);

  /** The images have become smaller by this factor. */
  abstract void pooled(int side);

  private void leakyRelu(Layer.LeakyRelu layer) {
    // In place it costs no memory, but it must not change what is read elsewhere.
    line("x = torch.leaky_relu%s(x, %s)", shared ? "" : "_", number(layer.slope()));
    shared = false;
  }

  private void maxPool(Layer.MaxPool layer) {
    int side = layer.side();
    line(
        "x = torch.max_pool2d(x, [%d, %d], [%d, %d], [0, 0], [1, 1], False)",
        side, side, side, side);
    pooled(side);
    shared = false;
  }

  private void globalAveragePool() {
    line("x = torch.mean(x, [2, 3], False, dtype=%d)", FLOAT32);
    narrow = false;
    shared = false;
  }

  private void flatten() {
    widen();
    line("x = torch.flatten(x, 1)");
  }

  private void representation() {
    widen();
    line("r = x");
    shared = true;
  }

  /** Goes on in float32. What follows is a few small products, whose rounding would all show. */
  private void widen() {
    if (narrow) {
      line("x = %s", cast("x", false));
      narrow = false;
      shared = false;
    }
  }

  /** Whether the value that flows is bfloat16 here. */
  final boolean narrow() {
    return narrow;
  }

  /** The row behind the one that is being emitted, when it is of this kind and there is one. */
  final <T extends Layer> T following(Class<T> kind) {
    int next = position + 1;
    boolean there = next < layers.size() && kind.isInstance(layers.get(next));
    return there ? kind.cast(layers.get(next)) : null;
  }

  /** Leaves out the row behind the one that is being emitted. */
  final void skip() {
    position++;
  }

  /** Adds a statement. */
  final void line(String format, Object... arguments) {
    code.append("    ").append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** An expression that stands for a tensor. */
  final String weight(String name) {
    int index = weights.indexOf(name);
    if (index < 0) {
      index = weights.size();
      weights.add(name);
    }
    return "w[" + index + "]";
  }

  static String cast(String expression, boolean reduced) {
    return "torch.to(%s, %d, False, False, None)"
        .formatted(expression, reduced ? BFLOAT16 : FLOAT32);
  }

  static String pair(int value) {
    return "[" + value + ", " + value + "]";
  }

  static String number(double value) {
    return Double.toString(value);
  }
}
