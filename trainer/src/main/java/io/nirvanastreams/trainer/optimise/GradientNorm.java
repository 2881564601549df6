package io.nirvanastreams.trainer.optimise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collection;

/**
 * Shortens gradients that are too long, all by one factor, as torch's {@code clip_grad_norm_}
 * (Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks", 2013). The
 * engine's own clipping cuts large values only and lets large negative ones through. Stateless.
 */
public final class GradientNorm {
  private static final double EPSILON = 1e-6;

  private GradientNorm() {}

  /**
   * Scales the gradients of all weights so that together they are at most so long. Must be called
   * with the recording of gradients off.
   *
   * @param weights each with a gradient
   * @param maximum the largest Euclidean length that is left as it is
   * @return the length before
   */
  public static double clip(Collection<NDArray> weights, double maximum) {
    if (weights.isEmpty()) {
      return 0;
    }
    try (NDManager scratch = weights.iterator().next().getManager().newSubManager()) {
      NDArray sum = scratch.zeros(new Shape());
      for (NDArray weight : weights) {
        NDArray gradient = gradient(weight, scratch);
        // In the scratch manager, so that what follows from it is freed with it.
        sum.addi(gradient.square().sum());
      }
      double norm = Math.sqrt(sum.getFloat());
      if (norm > maximum) {
        for (NDArray weight : weights) {
          gradient(weight, scratch).muli(maximum / (norm + EPSILON));
        }
      }
      return norm;
    }
  }

  private static NDArray gradient(NDArray weight, NDManager scratch) {
    NDArray gradient = weight.getGradient();
    gradient.attach(scratch);
    return gradient;
  }
}
