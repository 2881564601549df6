package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.List;

/**
 * Follows the size of one image through a table: (C, H, W), and (C) behind pooling or flattening.
 */
final class LayerShapes {
  private LayerShapes() {}

  /**
   * The size behind the last row.
   *
   * @throws IllegalArgumentException when a row does not fit the one before it, or the images are
   *     too small
   */
  static List<Integer> after(List<Layer> layers, InputShape input) {
    return after(layers, List.of(input.channels(), input.height(), input.width()));
  }

  private static List<Integer> after(List<Layer> layers, List<Integer> input) {
    List<Integer> shape = input;
    for (Layer layer : layers) {
      shape = after(layer, shape);
    }
    return shape;
  }

  private static List<Integer> after(Layer layer, List<Integer> shape) {
    if (layer instanceof Layer.Convolution c) {
      require(layer, shape.size() == 3 && shape.get(0) == c.in(), shape);
      return windows(layer, shape, c.out(), c.kernel(), c.stride(), c.padding());
    } else if (layer instanceof Layer.BiasedConvolution c) {
      require(layer, shape.size() == 3 && shape.get(0) == c.in(), shape);
      return windows(layer, shape, c.out(), c.kernel(), c.stride(), c.padding());
    } else if (layer instanceof Layer.Hidden h) {
      require(layer, shape.equals(List.of(h.in())), shape);
      return List.of(h.out());
    } else if (layer instanceof Layer.Linear l) {
      require(layer, shape.equals(List.of(l.in())), shape);
      return List.of(l.out());
    } else if (layer instanceof Layer.BatchNorm b) {
      require(layer, shape.get(0) == b.channels(), shape);
    } else if (layer instanceof Layer.ScaleShift s) {
      require(layer, shape.get(0) == s.channels(), shape);
    } else if (layer instanceof Layer.PRelu p) {
      require(layer, p.slopes() == 1 || p.slopes() == shape.get(0), shape);
    } else if (layer instanceof Layer.MaxPool m) {
      require(layer, shape.size() == 3, shape);
      return windows(layer, shape, shape.get(0), m.side(), m.stride(), m.padding());
    } else if (layer instanceof Layer.GlobalAveragePool) {
      require(layer, shape.size() == 3, shape);
      return shape.subList(0, 1);
    } else if (layer instanceof Layer.Flatten) {
      return List.of(shape.stream().reduce(1, Math::multiplyExact));
    } else if (layer instanceof Layer.Residual block) {
      List<Integer> sum = after(block.body(), shape);
      require(layer, sum.equals(after(block.shortcut(), shape)), shape);
      return sum;
    }
    return shape;
  }

  private static List<Integer> windows(
      Layer layer, List<Integer> shape, int out, int side, int stride, int padding) {
    int height = shape.get(1) + 2 * padding - side;
    int width = shape.get(2) + 2 * padding - side;
    if (height < 0 || width < 0) {
      throw new IllegalArgumentException(
          "the images are too small: of each, " + shape + " is left for " + layer);
    }
    return List.of(out, height / stride + 1, width / stride + 1);
  }

  private static void require(Layer layer, boolean fits, List<Integer> shape) {
    if (!fits) {
      throw new IllegalArgumentException(layer + " does not fit what it gets, " + shape);
    }
  }
}
