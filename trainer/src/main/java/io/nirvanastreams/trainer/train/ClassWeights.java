package io.nirvanastreams.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * How much the images of each class count in training. Immutable.
 *
 * <p>It is the gradient of an image's feature that is multiplied, on its way from the loss into the
 * network. For a loss that sums terms of single images this is the gradient of the weighted sum;
 * losses need not know of it, and the background is pulled or pushed as before.
 */
final class ClassWeights {
  /** By class; null when all are 1. */
  private final float[] weights;

  private ClassWeights(float[] weights) {
    this.weights = weights;
  }

  /**
   * Weights for some training images, over which their mean is 1: the steps stay as long as
   * without.
   *
   * @param counts of training images by class
   */
  static ClassWeights of(OldClasses old, int[] counts) {
    if (old.count() == 0 || old.weight() == 1) {
      return new ClassWeights(null);
    }
    double sum = 0;
    long images = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += weight(old, c) * counts[c];
      images += counts[c];
    }
    float[] weights = new float[counts.length];
    for (int c = 0; c < counts.length; c++) {
      weights[c] = (float) (weight(old, c) * images / sum);
    }
    return new ClassWeights(weights);
  }

  private static double weight(OldClasses old, int c) {
    return c < old.count() ? old.weight() : 1;
  }

  /** The same features (N, D), whose gradient goes on multiplied by the weights of the labels. */
  NDArray on(NDArray features, int[] labels) {
    if (weights == null) {
      return features;
    }
    float[] own = new float[labels.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = weights[labels[i]];
    }
    NDArray factors = features.getManager().create(own, new Shape(own.length, 1));
    NDArray constant = features.stopGradient();
    return features.sub(constant).mul(factors).add(constant);
  }
}
