package io.nirvanastreams.trainer.optimise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with its bias correction, and weight decay added to the gradient, as torch defines it
 * (Kingma, Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1). At step t = 1, 2,
 * ... with e = 1e-8 and b2 = 0.999:
 *
 * <pre>
 * g = gradient + decay w
 * m = b1 m + (1 - b1) g          v = b2 v + (1 - b2) g^2
 * w = w - lr / (1 - b1^t) * m / ( sqrt(v) / sqrt(1 - b2^t) + e )
 * </pre>
 *
 * One thread at a time.
 */
public final class Adam implements Optimiser {
  private static final double SQUARE_DECAY = 0.999;
  private static final double EPSILON = 1e-8;
  private static final String MEAN = "/mean";
  private static final String SQUARE = "/square";
  private static final String STEPS = "steps";

  private final Map<String, NDArray> weights;
  private final Map<String, NDArray> means = new LinkedHashMap<>();
  private final Map<String, NDArray> squares = new LinkedHashMap<>();
  private final double meanDecay;
  private final double weightDecay;
  private long steps;

  /**
   * An optimiser at rest.
   *
   * @param weights by name; each must require a gradient
   * @param manager owns the running means
   * @param meanDecay b1, usually 0.9
   */
  public Adam(
      Map<String, NDArray> weights, NDManager manager, double meanDecay, double weightDecay) {
    this.weights = new LinkedHashMap<>(weights);
    this.meanDecay = meanDecay;
    this.weightDecay = weightDecay;
    this.weights.forEach(
        (name, weight) -> {
          means.put(name, manager.zeros(weight.getShape()));
          squares.put(name, manager.zeros(weight.getShape()));
        });
  }

  @Override
  public void step(double learningRate) {
    steps++;
    double rate = learningRate / (1 - Math.pow(meanDecay, (double) steps));
    double correction = Math.sqrt(1 - Math.pow(SQUARE_DECAY, (double) steps));
    weights.forEach(
        (name, weight) ->
            step((PtNDArray) weight, means.get(name), squares.get(name), rate, correction));
  }

  private void step(
      PtNDArray weight, NDArray mean, NDArray square, double rate, double correction) {
    // Every result lives as long as the weight unless it is attached to something shorter.
    try (NDManager scratch = weight.getManager().newSubManager();
        NDArray gradient = weight.getGradient()) {
      NDArray decay = weight.mul(weightDecay);
      decay.attach(scratch);
      gradient.addi(decay);
      NDArray part = gradient.mul(1 - meanDecay);
      part.attach(scratch);
      mean.muli(meanDecay).addi(part);
      NDArray squared = gradient.square();
      squared.attach(scratch);
      square.muli(SQUARE_DECAY).addi(squared.muli(1 - SQUARE_DECAY));
      NDArray scale = square.sqrt();
      scale.attach(scratch);
      NDArray move = mean.mul(rate);
      move.attach(scratch);
      weight.subi(move.divi(scale.divi(correction).addi(EPSILON)));
    }
    JniUtils.zeroGrad(weight);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>(OptimiserState.copy(means, MEAN));
    state.putAll(OptimiserState.copy(squares, SQUARE));
    state.put(STEPS, Tensor.ofLong(steps));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    OptimiserState.restore(means, MEAN, state);
    OptimiserState.restore(squares, SQUARE, state);
    Tensor count = state.get(STEPS);
    if (count == null || count.integers().length != 1) {
      throw new IllegalArgumentException("The optimiser's memory lacks the number of steps");
    }
    steps = count.integers()[0];
  }
}
