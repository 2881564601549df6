package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * What training makes small. Everything made on the way belongs to the manager of {@code features}.
 * Losses over fixed centres are immutable and safe for any thread; the arrays are not.
 */
public interface Loss {

  /**
   * The loss of a batch as an array with one value, differentiable in both arrays.
   *
   * @param features (N, D) of known images
   * @param labels their N classes
   * @param background (M, D) of background images, or null for none
   * @param vertices for each background image the simplex vertex that is its own, or null when
   *     background images have none
   */
  NDArray of(NDArray features, int[] labels, NDArray background, int[] vertices);

  /** What the loss itself learns beside the network, by name; each requires a gradient. */
  default Map<String, NDArray> parameters() {
    return Map.of();
  }

  /**
   * Puts what the loss has learned back to where it may be. Called after each step of the
   * optimiser, with the recording of gradients off.
   */
  default void afterStep() {}
}
