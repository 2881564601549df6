package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import io.nirvanastreams.openset.simplex.Simplex;

/**
 * The paper's default loss: the mean over N and D of the squared difference between a feature and
 * the vertex of its class, as torch's MSELoss (Cevikalp, Saribas, Uzun, section III).
 *
 * <pre>
 * L = 1/(ND) sum_i |f_i - s_yi|^2
 * </pre>
 *
 * Background images add the same, weighted, towards vertices of their own; those without a vertex
 * are pulled to the origin, which is equally far from all classes.
 */
public final class VertexLoss implements Loss {
  private final BackgroundPull pull;

  /** A loss over the vertices of a simplex; the weight counts for background images only. */
  public VertexLoss(Simplex simplex, double backgroundWeight) {
    this.pull = new BackgroundPull(simplex, backgroundWeight);
  }

  @Override
  public NDArray of(NDArray features, int[] labels, NDArray background, int[] vertices) {
    return pull.addTo(pull.meanSquare(features, labels), background, vertices);
  }
}
