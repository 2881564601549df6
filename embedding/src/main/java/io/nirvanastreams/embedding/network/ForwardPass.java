package io.nirvanastreams.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/**
 * One walk through a layer table. What training and inference do differently, the layers with
 * weights, is left to the implementations.
 */
abstract class ForwardPass {
  private static final Shape NONE = new Shape(0, 0);
  private static final Shape ONE = new Shape(1, 1);

  /** Gives {@code NDList(feature, representation)}. */
  final NDList run(List<Layer> layers, NDArray input) {
    NDArray x = input;
    NDArray representation = null;
    for (Layer layer : layers) {
      if (layer instanceof Layer.Representation) {
        representation = x;
        continue;
      }
      NDArray y = apply(layer, x);
      if (y != x && x != representation) {
        used(x);
      }
      x = y;
    }
    return new NDList(x, representation == null ? x : representation);
  }

  private NDArray apply(Layer layer, NDArray x) {
    if (layer instanceof Layer.Convolution convolution) {
      return convolution(convolution, x);
    } else if (layer instanceof Layer.Hidden hidden) {
      return hidden(hidden, x);
    } else if (layer instanceof Layer.Linear linear) {
      return linear(linear, x);
    } else if (layer instanceof Layer.DropChannels drop) {
      return dropChannels(drop, x);
    } else if (layer instanceof Layer.LeakyRelu activation) {
      return Activation.leakyRelu(x, activation.slope());
    } else if (layer instanceof Layer.MaxPool pool) {
      Shape side = new Shape(pool.side(), pool.side());
      return Pool.maxPool2d(x, side, side, NONE, false);
    } else if (layer instanceof Layer.GlobalAveragePool) {
      return Pool.globalAvgPool2d(x);
    } else if (layer instanceof Layer.Flatten) {
      return x.reshape(x.getShape().get(0), -1);
    }
    throw new IllegalStateException("no rule for " + layer);
  }

  abstract NDArray convolution(Layer.Convolution layer, NDArray x);

  abstract NDArray hidden(Layer.Hidden layer, NDArray x);

  abstract NDArray linear(Layer.Linear layer, NDArray x);

  abstract NDArray dropChannels(Layer.DropChannels layer, NDArray x);

  /** The array is not needed by a later layer. */
  abstract void used(NDArray x);

  static NDArray convolve(Layer.Convolution layer, NDArray x, NDArray weight, NDArray bias) {
    Shape stride = new Shape(layer.stride(), layer.stride());
    Shape padding = new Shape(layer.padding(), layer.padding());
    return x.getNDArrayInternal()
        .convolution(x, weight, bias, stride, padding, ONE, 1)
        .singletonOrThrow();
  }

  static NDArray multiply(NDArray x, NDArray weight, NDArray bias) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }
}
