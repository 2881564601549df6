package io.nirvanastreams.embedding.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
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
  NDArray convolution(Layer.Convolution layer, NDArray x) {
    return normalise(layer.batchNorm(), convolve(layer, x, value(layer.name() + ".weight"), null));
  }

  @Override
  NDArray hidden(Layer.Hidden layer, NDArray x) {
    return normalise(layer.batchNorm(), multiply(x, value(layer.name() + ".weight"), null));
  }

  @Override
  NDArray linear(Layer.Linear layer, NDArray x) {
    return multiply(x, value(layer.name() + ".weight"), value(layer.name() + ".bias"));
  }

  @Override
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
  void used(NDArray x) {
    // The backward pass still needs it; the manager of the batch frees it.
  }

  private NDArray normalise(String name, NDArray x) {
    return BatchNorm.batchNorm(
            x,
            value(name + ".running_mean"),
            value(name + ".running_var"),
            value(name + ".weight"),
            value(name + ".bias"),
            AXIS,
            KEPT,
            NetworkSpec.EPSILON,
            training)
        .singletonOrThrow();
  }

  private NDArray value(String name) {
    return store.getValue(parameters.get(name), device, training);
  }
}
