package io.nirvanastreams.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * A network with frozen weights, in any execution: as plain blocks, which are the reference, or as
 * a generated graph. Safe for any thread.
 */
public interface FeatureExtractor {
  /** The table it was made from. */
  NetworkSpec spec();

  /**
   * Runs the network.
   *
   * @param pixels uint8 (N, H, W, C); closed as soon as it is used
   * @return {@code NDList(feature (N, D), representation (N, R))}, float32, owned by the input's
   *     manager; one array twice where the network has no head
   */
  NDList extract(NDArray pixels);
}
