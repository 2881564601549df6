package io.nirvanastreams.trainer.optimise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum and weight decay as torch defines it: g = gradient +
 * decay w; v = momentum v + g; w = w - lr v. The engine's own optimiser keeps the learning rate
 * inside the momentum, which is something else as soon as the rate changes. Weights that got no
 * gradient stay. Its state is v, under the names of the weights. One thread at a time.
 */
public final class SgdMomentum implements Optimiser {
  private final Map<String, NDArray> weights;
  private final Map<String, NDArray> velocities = new LinkedHashMap<>();
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
    this.weights = new LinkedHashMap<>(weights);
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    this.weights.forEach((name, w) -> velocities.put(name, manager.zeros(w.getShape())));
  }

  @Override
  public void step(double learningRate) {
    weights.forEach((name, weight) -> step((PtNDArray) weight, velocities.get(name), learningRate));
  }

  private void step(PtNDArray weight, NDArray velocity, double learningRate) {
    // Every call makes a new native handle; left open, each step would leak one a weight.
    try (NDManager scratch = weight.getManager().newSubManager();
        NDArray gradient = weight.getGradient()) {
      NDArray decay = weight.mul(weightDecay);
      decay.attach(scratch);
      velocity.muli(momentum).addi(gradient).addi(decay);
      NDArray move = velocity.mul(learningRate);
      move.attach(scratch);
      weight.subi(move);
    }
    JniUtils.zeroGrad(weight);
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
