package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What is left of a table for inference: neither batch normalisation nor dropout. Its rows are
 * {@link Layer.BiasedConvolution}, {@link Layer.Linear}, {@link Layer.ScaleShift}, activations,
 * pooling, {@link Layer.Flatten}, {@link Layer.Residual} and {@link Layer.Representation}.
 *
 * @param layers in order
 * @param tensors what the rows need; a row keeps the name it had in training
 */
public record FrozenNetwork(List<Layer> layers, Map<String, Tensor> tensors) {
  /** Copies the collections. */
  public FrozenNetwork {
    layers = List.copyOf(layers);
    tensors = Map.copyOf(tensors);
  }

  /**
   * Freezes a network.
   *
   * @throws IllegalArgumentException when a tensor is missing, unknown or of another shape
   */
  public static FrozenNetwork of(NetworkSpec spec, Map<String, Tensor> weights) {
    spec.require(weights);
    return new Folding(weights).fold(spec.layers());
  }
}
