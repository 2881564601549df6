package io.nirvanastreams.embedding.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Stochastic gradient descent with momentum and weight decay as torch defines it, for all weights
 * in one call: g = gradient + decay w; v = momentum v + g; w = w - lr v; then the gradients are
 * zero. Works with the weights of any execution. One thread at a time.
 */
public final class ForeachSgd {
  private static final String STEP =
      ScriptModule.signature(
              "step",
              ", w: List[Tensor], g: List[Tensor], v: List[Tensor], lr: float, momentum: float,"
                  + " decay: float",
              "Tensor")
          + """
          d = torch._foreach_add(g, w, alpha=decay)
          torch._foreach_mul_(v, momentum)
          torch._foreach_add_(v, d, alpha=1)
          torch._foreach_add_(w, v, alpha=torch.neg(lr))
          torch._foreach_zero_(g)
          return w[0]
          """
              .indent(4);

  private final ScriptModule module;
  private final List<NDArray> weights;
  private final List<NDArray> velocities;

  /**
   * An optimiser.
   *
   * @param manager owns the compiled code
   * @param weights each must require a gradient and have one at every step
   * @param velocities the momentum of each, in the same order
   */
  public ForeachSgd(NDManager manager, List<NDArray> weights, List<NDArray> velocities) {
    if (weights.isEmpty() || weights.size() != velocities.size()) {
      throw new IllegalArgumentException(
          velocities.size() + " velocities for " + weights.size() + " weights");
    }
    module = new ScriptModule(manager, List.of(STEP));
    this.weights = List.copyOf(weights);
    this.velocities = List.copyOf(velocities);
  }

  /** Moves the weights against their gradients and clears those. */
  public void step(double learningRate, double momentum, double weightDecay) {
    // Every call makes new native handles; left open, each step would leak one a weight.
    try (NDManager scratch = weights.get(0).getManager().newSubManager()) {
      List<NDArray> gradients = new ArrayList<>();
      for (NDArray weight : weights) {
        NDArray gradient = weight.getGradient();
        gradient.attach(scratch);
        gradients.add(gradient);
      }
      module.run(
          "step", scratch, weights, gradients, velocities, learningRate, momentum, weightDecay);
    }
  }
}
