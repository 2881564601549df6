package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nirvanastreams.openset.simplex.Simplex;

/**
 * The default loss with a soft ranking of the centres: the own one shall be nearer than the others
 * (the "mics" loss of the authors' program). With plain distances dist(i, c) = |f_i - s_c|:
 *
 * <pre>
 * L = 1/(ND) sum_i |f_i - s_yi|^2 + 0.01 sum_i log( 1 + sum_c exp( dist(i, yi) - dist(i, c) ) )
 * </pre>
 *
 * The second sum is not divided by N, and its inner one includes the own centre. Background images
 * are pulled as {@link VertexLoss} pulls them.
 */
public final class MicsLoss implements Loss {
  private static final double RANKING_WEIGHT = 0.01;

  /** Keeps the gradient of the root finite on a centre itself. */
  private static final float TINY = 1e-12f;

  private final float[][] centres;
  private final BackgroundPull pull;

  /**
   * A loss over the first vertices of a simplex.
   *
   * @param classes C, of which the first C vertices are the centres
   * @param backgroundWeight factor of the background's part
   */
  public MicsLoss(Simplex simplex, int classes, double backgroundWeight) {
    this.centres = simplex.first(classes);
    this.pull = new BackgroundPull(simplex, backgroundWeight);
  }

  @Override
  public NDArray of(NDArray features, int[] labels, NDArray background, int[] vertices) {
    NDManager manager = features.getManager();
    int n = labels.length;
    NDArray squared = Distances.squared(features, Distances.table(manager, centres));
    NDArray distances = squared.add(TINY).sqrt();
    NDArray own =
        distances.mul(Distances.oneHot(manager, labels, centres.length)).sum(new int[] {1}, true);
    // log(1 + sum exp z) is minus the first log-softmax of (0, z): safe for any z.
    NDArray zero = manager.zeros(new Shape(n, 1));
    NDArray ranking = zero.concat(own.sub(distances), 1).logSoftmax(1);
    NDArray first = ranking.split(new long[] {1}, 1).get(0).sum();
    NDArray loss = pull.meanSquare(features, labels).sub(Distances.scaled(first, RANKING_WEIGHT));
    return pull.addTo(loss, background, vertices);
  }
}
