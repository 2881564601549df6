package io.nirvanastreams.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/**
 * One walk through a layer table. What training and inference do differently is left to the
 * implementations. Good for one walk.
 */
abstract class ForwardPass {
  private static final Shape ONE = new Shape(1, 1);

  private NDArray representation;

  /** Gives {@code NDList(feature, representation)}. */
  final NDList run(List<Layer> layers, NDArray input) {
    NDArray feature = walk(layers, input, false);
    return new NDList(feature, representation == null ? feature : representation);
  }

  private NDArray walk(List<Layer> layers, NDArray input, boolean keepInput) {
    NDArray x = input;
    for (Layer layer : layers) {
      if (layer instanceof Layer.Representation) {
        representation = x;
        continue;
      }
      NDArray y = apply(layer, x);
      boolean kept = x == representation || (keepInput && x == input);
      if (y != x && !kept) {
        used(x);
      }
      x = y;
    }
    return x;
  }

  private NDArray apply(Layer layer, NDArray x) {
    if (layer instanceof Layer.BiasedConvolution c) {
      NDArray weight = tensor(c.name() + ".weight");
      return convolve(x, weight, tensor(c.name() + ".bias"), c.stride(), c.padding());
    } else if (layer instanceof Layer.Linear linear) {
      return product(x, tensor(linear.name() + ".weight"), tensor(linear.name() + ".bias"));
    } else if (layer instanceof Layer.Relu) {
      return Activation.relu(x);
    } else if (layer instanceof Layer.LeakyRelu activation) {
      return Activation.leakyRelu(x, activation.slope());
    } else if (layer instanceof Layer.PRelu activation) {
      return prelu(x, tensor(activation.name() + ".weight"));
    } else if (layer instanceof Layer.MaxPool pool) {
      Shape side = new Shape(pool.side(), pool.side());
      Shape stride = new Shape(pool.stride(), pool.stride());
      return Pool.maxPool2d(x, side, stride, new Shape(pool.padding(), pool.padding()), false);
    } else if (layer instanceof Layer.GlobalAveragePool) {
      return Pool.globalAvgPool2d(x);
    } else if (layer instanceof Layer.Flatten) {
      return x.reshape(x.getShape().get(0), -1);
    } else if (layer instanceof Layer.Residual block) {
      return residual(block, x);
    }
    return special(layer, x);
  }

  private NDArray residual(Layer.Residual block, NDArray x) {
    NDArray body = walk(block.body(), x, true);
    NDArray shortcut = walk(block.shortcut(), x, true);
    NDArray sum = add(body, shortcut);
    if (sum != body) {
      used(body);
    }
    if (shortcut != x) {
      used(shortcut);
    }
    return sum;
  }

  /** The engine has no PReLU; this form has its exact values and its gradient at 0 too. */
  private NDArray prelu(NDArray x, NDArray slopes) {
    NDArray positive = Activation.relu(x);
    NDArray negative = x.sub(positive);
    NDArray scaled = scale(negative, slopes);
    NDArray sum = add(scaled, positive);
    for (NDArray part : List.of(positive, negative, scaled)) {
      if (part != sum) {
        used(part);
      }
    }
    return sum;
  }

  /** A row that only training or only inference knows. */
  abstract NDArray special(Layer layer, NDArray x);

  /** The weights under a name. */
  abstract NDArray tensor(String name);

  /** A linear layer. */
  abstract NDArray product(NDArray x, NDArray weight, NDArray bias);

  /** The sum; may take the place of the first, which nothing else needs. */
  abstract NDArray add(NDArray first, NDArray second);

  /** x times a factor for each channel; may take the place of x, which nothing else needs. */
  abstract NDArray scale(NDArray x, NDArray factors);

  /** The array is not needed by a later layer. */
  abstract void used(NDArray x);

  /** One value for each channel, or one for all, so that it multiplies (N, C, H, W) or (N, C). */
  static NDArray channels(NDArray values, NDArray x) {
    Shape shape = x.getShape().dimension() == 4 ? new Shape(1, -1, 1, 1) : new Shape(1, -1);
    NDArray view = values.reshape(shape);
    // It belongs to the weights' manager at first, which outlives the batch by far.
    view.attach(x.getManager());
    return view;
  }

  static NDArray convolve(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
    Shape strides = new Shape(stride, stride);
    Shape paddings = new Shape(padding, padding);
    return x.getNDArrayInternal()
        .convolution(x, weight, bias, strides, paddings, ONE, 1)
        .singletonOrThrow();
  }
}
