package io.nirvanastreams.embedding.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import java.util.Map;

/** The forward pass with batch normalisation as a layer of its own, and dropout. */
final class TrainingPass extends ForwardPass {
  /** What stays of the running statistics at each batch; torch calls the rest momentum, 0.1. */
  private static final float KEPT = 0.9f;

  /** The engine normalises over axis 1 at once when asked for -1; for 1 it swaps axes twice. */
  private static final int AXIS = -1;

  private final Map<String, Parameter> parameters;
  private final ParameterStore store;
  private final Device device;
  private final boolean training;

  TrainingPass(
      Map<String, Parameter> parameters, ParameterStore store, Device device, boolean training) {
    this.parameters = parameters;
    this.store = store;
    this.device = device;
    this.training = training;
  }

  @Override
  NDArray special(Layer layer, NDArray x) {
    if (layer instanceof Layer.Convolution c) {
      NDArray y = convolve(x, tensor(c.name() + ".weight"), null, c.stride(), c.padding());
      return normalise(c.batchNorm(), y);
    } else if (layer instanceof Layer.Hidden hidden) {
      return normalise(hidden.batchNorm(), product(x, tensor(hidden.name() + ".weight"), null));
    } else if (layer instanceof Layer.BatchNorm batchNorm) {
      return normalise(batchNorm.name(), x);
    } else if (layer instanceof Layer.DropChannels drop) {
      return dropChannels(drop, x);
    } else if (layer instanceof Layer.DropValues drop) {
      boolean drops = training && drop.probability() > 0;
      return drops ? Dropout.dropout(x, drop.probability(), true).singletonOrThrow() : x;
    }
    throw new IllegalStateException("no rule for " + layer + " in training");
  }

  NDArray dropChannels(Layer.DropChannels layer, NDArray x) {
    if (!training || layer.probability() == 0) {
      return x;
    }
    // The engine drops single elements only: drop elements of a mask with one for each channel.
    Shape shape = x.getShape();
    NDArray mask = x.getManager().ones(new Shape(shape.get(0), shape.get(1), 1, 1));
    return x.mul(Dropout.dropout(mask, layer.probability(), true).singletonOrThrow());
  }

  @Override
  NDArray tensor(String name) {
    return store.getValue(parameters.get(name), device, training);
  }

  @Override
  NDArray product(NDArray x, NDArray weight, NDArray bias) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }

  @Override
  NDArray add(NDArray first, NDArray second) {
    return first.add(second);
  }

  @Override
  NDArray scale(NDArray x, NDArray factors) {
    return x.mul(channels(factors, x));
  }

  @Override
  void used(NDArray x) {
    // The backward pass still needs it; the manager of the batch frees it.
  }

  private NDArray normalise(String name, NDArray x) {
    return BatchNorm.batchNorm(
            x,
            tensor(name + ".running_mean"),
            tensor(name + ".running_var"),
            tensor(name + ".weight"),
            tensor(name + ".bias"),
            AXIS,
            KEPT,
            NetworkSpec.EPSILON,
            training)
        .singletonOrThrow();
  }
}
