package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

/** What losses over class centres have in common. Stateless. */
final class Distances {
  private Distances() {}

  /** Rows as an array (rows, D). */
  static NDArray table(NDManager manager, float[][] rows) {
    int dimension = rows[0].length;
    float[] flat = new float[rows.length * dimension];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * dimension, dimension);
    }
    return manager.create(flat, new Shape(rows.length, dimension));
  }

  /** The centre of each label, (N, D). */
  static NDArray own(NDManager manager, float[][] centres, int[] labels) {
    float[][] rows = new float[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      rows[i] = centres[labels[i]];
    }
    return table(manager, rows);
  }

  /** 1 at the class of each label, else 0, (N, classes). */
  static NDArray oneHot(NDManager manager, int[] labels, int classes) {
    float[] rows = new float[labels.length * classes];
    for (int i = 0; i < labels.length; i++) {
      rows[i * classes + labels[i]] = 1;
    }
    return manager.create(rows, new Shape(labels.length, classes));
  }

  /**
   * The squared distance of every row (N, D) to every centre (C, D), as (N, C). By differences, not
   * by inner products: near a centre those cancel to noise.
   */
  static NDArray squared(NDArray rows, NDArray centres) {
    return rows.expandDims(1).sub(centres.expandDims(0)).square().sum(new int[] {2});
  }

  /**
   * Values times a factor. In a loss the engine's own {@code mul(Number)}, {@code div(Number)} and
   * {@code minimum(Number)} must not be used: they close their number at once, although the
   * backward pass reads it, and the next garbage collection frees its memory. This one lives as
   * long as the values.
   */
  static NDArray scaled(NDArray values, double factor) {
    return values.mul(values.getManager().create((float) factor));
  }

  /** Values, but none above a limit; {@link #scaled} says why not the engine's own. */
  static NDArray atMost(NDArray values, double limit) {
    return values.minimum(values.getManager().create((float) limit));
  }

  /** [ values ]+, whose gradient is 0 where a value is not above 0. */
  static NDArray positive(NDArray values) {
    return Activation.relu(new NDList(values)).singletonOrThrow();
  }
}
