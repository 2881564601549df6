package io.nirvanastreams.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.Map;

/**
 * A network in training, in any execution: as plain blocks, which are the reference, or as a
 * generated graph. One thread at a time.
 */
public interface TrainingNetwork {
  /** The table it was made from. */
  NetworkSpec spec();

  /**
   * Runs the network. In training, batch normalisation takes the statistics of the batch, which
   * needs at least two images, and updates the running ones; gradients are recorded where the
   * thread records them.
   *
   * @param pixels uint8 (N, H, W, C)
   * @return {@code NDList(feature (N, D), representation (N, R))}, float32, owned by the input's
   *     manager; one array twice where the network has no head
   */
  NDList forward(NDArray pixels, boolean training);

  /** The arrays that gradients flow into, under torch's names. An optimiser changes them. */
  Map<String, NDArray> trained();

  /** All float32 arrays, the running statistics too, under torch's names. */
  Map<String, NDArray> arrays();

  /** A copy of all weights and running statistics, under torch's names. */
  Map<String, Tensor> export();
}
