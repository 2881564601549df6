package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.nirvanastreams.openset.simplex.Simplex;

/**
 * The paper's default loss: the mean over N and D of the squared difference between a feature and
 * the vertex of its class, as torch's MSELoss. Background images add the same, weighted, towards
 * vertices of their own; those without a vertex are pulled to the origin, which is equally far from
 * all classes.
 */
public final class VertexLoss implements Loss {
  private final Simplex simplex;
  private final double backgroundWeight;

  /** A loss over the vertices of a simplex; the weight counts for background images only. */
  public VertexLoss(Simplex simplex, double backgroundWeight) {
    this.simplex = simplex;
    this.backgroundWeight = backgroundWeight;
  }

  @Override
  public NDArray of(NDArray features, int[] labels, NDArray background, int[] vertices) {
    NDArray loss = distance(features, labels);
    if (background == null || backgroundWeight == 0) {
      return loss;
    }
    NDArray pull = vertices == null ? background.square().mean() : distance(background, vertices);
    return loss.add(pull.mul((float) backgroundWeight));
  }

  private NDArray distance(NDArray features, int[] vertices) {
    int dimension = simplex.dimension();
    float[] targets = new float[vertices.length * dimension];
    for (int i = 0; i < vertices.length; i++) {
      System.arraycopy(simplex.vertex(vertices[i]), 0, targets, i * dimension, dimension);
    }
    NDArray target = features.getManager().create(targets, new Shape(vertices.length, dimension));
    return features.sub(target).square().mean();
  }
}
