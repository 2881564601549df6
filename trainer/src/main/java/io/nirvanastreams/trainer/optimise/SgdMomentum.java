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
 * inside the momentum, which is something else as soon as the rate changes.
 *
 * <p>One thread at a time. The momentum lives in the manager given, not in one of its own, because
 * it has to be freed with the weights.
 */
public final class SgdMomentum {
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

  /**
   * Moves the weights against their gradients and clears those. Weights that got no gradient stay.
   * Must be called with the recording of gradients off.
   */
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

  /** A copy of the momentum, under the names of the weights. */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    velocities.forEach(
        (name, v) -> state.put(name, new Tensor(v.toFloatArray(), v.getShape().getShape())));
    return state;
  }

  /**
   * Goes on with the momentum of another run.
   *
   * @throws IllegalArgumentException when a name is missing or a length differs
   */
  public void restore(Map<String, Tensor> state) {
    velocities.forEach(
        (name, velocity) -> {
          Tensor tensor = state.get(name);
          if (tensor == null || tensor.data().length != velocity.size()) {
            throw new IllegalArgumentException("The momentum of '" + name + "' does not fit");
          }
          velocity.set(tensor.data());
        });
  }
}
