package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import io.nirvanastreams.openset.simplex.Simplex;

/**
 * The paper's hinge loss: features inside a ball around the vertex of their class are left alone
 * (Cevikalp, Saribas, Uzun, section III).
 *
 * <pre>
 * L = 1/(4N) sum_i [ |f_i - s_yi|^2 - m ]+     m = 0.1 * distance of two vertices
 * </pre>
 *
 * The squared distance is compared with a plain one, as in the authors' program: the ball's radius
 * is the root of m. Background images are pulled as {@link VertexLoss} pulls them.
 */
public final class HingeLoss implements Loss {
  private static final double SHARE_OF_EDGE = 0.1;

  private final float[][] centres;
  private final double margin;
  private final BackgroundPull pull;

  /**
   * A loss over the first vertices of a simplex.
   *
   * @param classes C, of which the first C vertices are the centres
   * @param backgroundWeight factor of the background's part
   */
  public HingeLoss(Simplex simplex, int classes, double backgroundWeight) {
    this.centres = simplex.first(classes);
    this.margin = SHARE_OF_EDGE * Math.sqrt(simplex.squaredEdge());
    this.pull = new BackgroundPull(simplex, backgroundWeight);
  }

  /** m. */
  double margin() {
    return margin;
  }

  @Override
  public NDArray of(NDArray features, int[] labels, NDArray background, int[] vertices) {
    NDArray own = Distances.own(features.getManager(), centres, labels);
    NDArray distances = features.sub(own).square().sum(new int[] {1});
    NDArray outside = Distances.positive(distances.sub((float) margin));
    return pull.addTo(Distances.scaled(outside.sum(), 0.25 / labels.length), background, vertices);
  }
}
