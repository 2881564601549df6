package io.nirvanastreams.embedding.network;

import ai.djl.ndarray.NDManager;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Map;

/** Makes blocks that can be trained from layer tables. Stateless. */
public final class NetworkBlocks {
  private NetworkBlocks() {}

  /**
   * A block with new weights, which depend on nothing but the table and the seed.
   *
   * @param manager owns the weights; closing it frees them
   */
  public static TrainingBlock create(NetworkSpec spec, NDManager manager, long seed) {
    return new TrainingBlock(spec, manager, Weights.draw(spec, seed));
  }

  /**
   * A block with given weights.
   *
   * @param manager owns the weights; closing it frees them
   * @throws IllegalArgumentException when a tensor is missing, unknown or of another shape
   */
  public static TrainingBlock load(
      NetworkSpec spec, NDManager manager, Map<String, Tensor> weights) {
    spec.require(weights);
    return new TrainingBlock(spec, manager, weights);
  }
}
