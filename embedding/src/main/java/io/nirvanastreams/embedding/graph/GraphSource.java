package io.nirvanastreams.embedding.graph;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.Layer;
import java.util.List;

/**
 * Writes the source of one walk through a layer table. The value that flows is called {@code x}.
 * What training and inference do differently is left to the implementations. Used once, by one
 * thread.
 */
abstract class GraphSource {
  private final boolean reduced;
  private final GraphText text = new GraphText();
  private List<Layer> rows = List.of();
  private int position;
  private int blocks;
  private int height;
  private int width;
  private boolean flat;
  private boolean narrow;
  private boolean shared;

  /**
   * A source to be.
   *
   * @param reduced whether what comes before pooling or flattening is computed in bfloat16
   */
  GraphSource(InputShape input, boolean reduced) {
    this.reduced = reduced;
    height = input.height();
    width = input.width();
  }

  /**
   * The method {@code forward}: uint8 images (N, H, W, C) and the weights in; the feature (N, D)
   * out, and beside it the representation (N, R) where the table has one. Both are float32.
   */
  final String forward(List<Layer> layers) {
    narrow = reduced;
    // Seen from the other side, pixels beside each other are the layout that convolutions like.
    text.line(
        "x = torch.mul(%s, %s)",
        GraphText.cast("torch.permute(x, [0, 3, 1, 2])", reduced), GraphText.number(1 / 255d));
    walk(layers);
    widen();
    int representation = layers.indexOf(new Layer.Representation());
    boolean head = representation >= 0 && representation < layers.size() - 1;
    text.line(head ? "return (x, r)" : "return x");
    String result = head ? "Tuple[Tensor, Tensor]" : "Tensor";
    return ScriptModule.signature("forward", ", x: Tensor, w: List[Tensor]", result) + text;
  }

  /** What is written into, and the order of the weights. */
  final GraphText text() {
    return text;
  }

  private void walk(List<Layer> layers) {
    List<Layer> outerRows = rows;
    int outerPosition = position;
    rows = layers;
    for (position = 0; position < layers.size(); position++) {
      emit(layers.get(position));
    }
    rows = outerRows;
    position = outerPosition;
  }

  private void emit(Layer layer) {
    if (layer instanceof Layer.BiasedConvolution c) {
      convolution(c);
      resized(c.kernel(), c.stride(), c.padding());
    } else if (layer instanceof Layer.Linear linear) {
      linear(linear);
      shared = false;
    } else if (layer instanceof Layer.Relu) {
      activation("relu%s(x)");
    } else if (layer instanceof Layer.LeakyRelu activation) {
      activation("leaky_relu%s(x, " + GraphText.number(activation.slope()) + ")");
    } else if (layer instanceof Layer.PRelu activation) {
      prelu(activation);
    } else if (layer instanceof Layer.MaxPool pool) {
      maxPool(pool);
    } else if (layer instanceof Layer.GlobalAveragePool) {
      globalAveragePool();
    } else if (layer instanceof Layer.Flatten) {
      flatten();
    } else if (layer instanceof Layer.Residual block) {
      residual(block);
    } else if (layer instanceof Layer.Representation) {
      representation();
    } else {
      special(layer);
    }
  }

  abstract void convolution(Layer.BiasedConvolution layer);

  abstract void linear(Layer.Linear layer);

  /** A row that only training or only inference knows. */
  abstract void special(Layer layer);

  /** An expression for values of each channel in the type of what flows here. */
  abstract String channels(String name);

  /** The method that adds to its first argument, or to a copy of it. */
  abstract String addition();

  private void activation(String call) {
    // In place it costs no memory, but it must not change what is read elsewhere.
    text.line("x = torch." + call, shared ? "" : "_");
    shared = false;
  }

  private void prelu(Layer.PRelu layer) {
    text.line("x = torch.prelu(x, %s)", channels(layer.name() + ".weight"));
    shared = false;
  }

  private void maxPool(Layer.MaxPool layer) {
    text.line(
        "x = torch.max_pool2d(x, %s, %s, %s, [1, 1], False)",
        GraphText.pair(layer.side()),
        GraphText.pair(layer.stride()),
        GraphText.pair(layer.padding()));
    resized(layer.side(), layer.stride(), layer.padding());
  }

  private void globalAveragePool() {
    text.line("x = torch.mean(x, [2, 3], False, dtype=%d)", GraphText.FLOAT32);
    flat = true;
    narrow = false;
    shared = false;
  }

  private void flatten() {
    widen();
    text.line("x = torch.flatten(x, 1)");
    flat = true;
  }

  private void residual(Layer.Residual block) {
    int number = blocks++;
    int outerHeight = height;
    int outerWidth = width;
    text.line("s%d = x", number);
    shared = true;
    walk(block.body());
    boolean sharedBody = shared;
    text.line("b%d = x", number);
    text.line("x = s%d", number);
    shared = true;
    height = outerHeight;
    width = outerWidth;
    walk(block.shortcut());
    text.line("x = torch.%s(b%d, x)", sharedBody ? "add" : addition(), number);
    shared = false;
  }

  private void representation() {
    widen();
    text.line("r = x");
    shared = true;
  }

  /** Goes on in float32. What follows is a few small products, whose rounding would all show. */
  private void widen() {
    if (narrow) {
      text.line("x = %s", GraphText.cast("x", false));
      narrow = false;
      shared = false;
    }
  }

  /** A square has passed over the images, and nothing else holds the result. */
  final void resized(int side, int stride, int padding) {
    height = (height + 2 * padding - side) / stride + 1;
    width = (width + 2 * padding - side) / stride + 1;
    shared = false;
  }

  /** Nothing else holds the value that flows. */
  final void own() {
    shared = false;
  }

  /** Rows of the images that flow here. */
  final int height() {
    return height;
  }

  /** Columns of the images that flow here. */
  final int width() {
    return width;
  }

  /** Whether (N, C) flows here rather than (N, C, H, W). */
  final boolean flat() {
    return flat;
  }

  /** Whether bfloat16 flows here. */
  final boolean narrow() {
    return narrow;
  }

  /** The row behind the one that is being written; null at the end. */
  final Layer following() {
    return position + 1 < rows.size() ? rows.get(position + 1) : null;
  }

  /** Leaves out the row behind the one that is being written. */
  final void skip() {
    position++;
  }
}
