package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import io.nirvanastreams.openset.simplex.Simplex;

/**
 * What losses without a term for background images do with them: the weighted mean squared
 * difference to vertices of their own, or to the origin, which is equally far from all classes.
 * Immutable.
 *
 * @param weight factor of the pull; 0 turns it off
 */
record BackgroundPull(Simplex simplex, double weight) {

  /** A loss of known images with the pull added. */
  NDArray addTo(NDArray loss, NDArray background, int[] vertices) {
    if (background == null || weight == 0) {
      return loss;
    }
    NDArray pull = vertices == null ? background.square().mean() : meanSquare(background, vertices);
    return loss.add(Distances.scaled(pull, weight));
  }

  /** The mean over rows and coordinates of the squared difference to the row's vertex. */
  NDArray meanSquare(NDArray rows, int[] vertices) {
    float[][] targets = new float[vertices.length][];
    for (int i = 0; i < vertices.length; i++) {
      targets[i] = simplex.vertex(vertices[i]);
    }
    return rows.sub(Distances.table(rows.getManager(), targets)).square().mean();
  }
}
