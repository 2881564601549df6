package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;

/**
 * What training makes small. Implementations are immutable and safe for any thread; the arrays are
 * not. Everything made on the way belongs to the manager of {@code features}.
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
}
