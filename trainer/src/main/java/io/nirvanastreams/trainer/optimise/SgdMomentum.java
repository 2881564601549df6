package io.nirvanastreams.trainer.optimise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nirvanastreams.embedding.graph.ForeachSgd;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum and weight decay as torch defines it: g = gradient +
 * decay w; v = momentum v + g; w = w - lr v. The engine's own optimiser keeps the learning rate
 * inside the momentum, which is something else as soon as the rate changes. Weights that got no
 * gradient stay. Its state is v, under the names of the weights. One thread at a time.
 */
public final class SgdMomentum implements Optimiser {
  private final Map<String, NDArray> velocities = new LinkedHashMap<>();
  private final ForeachSgd update;
  private final double momentum;
  private final double weightDecay;

  /**
   * An optimiser at rest.
   *
   * @param weights by name; each must require a gradient
   * @param manager owns the momentum
   */
  public SgdMomentum(
      Map<String, NDArray> weights, NDManager manager, double momentum, double weightDecay) {
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    weights.forEach((name, w) -> velocities.put(name, manager.zeros(w.getShape())));
    update =
        new ForeachSgd(manager, List.copyOf(weights.values()), List.copyOf(velocities.values()));
  }

  @Override
  public void step(double learningRate) {
    update.step(learningRate, momentum, weightDecay);
  }

  @Override
  public Map<String, Tensor> state() {
    return OptimiserState.copy(velocities, "");
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    OptimiserState.restore(velocities, "", state);
  }
}
