package io.nirvanastreams.trainer.optimise;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps an exponential moving average of weights: a = d a + (1 - d) w after each step (Polyak,
 * Juditsky, "Acceleration of stochastic approximation by averaging", 1992). The first steps forget
 * faster, d = (1 + t) / (10 + t) while that is smaller, because the average starts at random
 * weights and a short run would never leave them. One thread at a time.
 */
public final class WeightAverage {
  private final Map<String, NDArray> weights;
  private final Map<String, NDArray> averages;
  private final double decay;

  /**
   * An average that starts where {@code averages} are.
   *
   * @param weights by name
   * @param averages arrays of the same names and shapes, which are changed in place
   * @param decay d, from 0 to below 1
   */
  public WeightAverage(Map<String, NDArray> weights, Map<String, NDArray> averages, double decay) {
    if (!weights.keySet().equals(averages.keySet())) {
      throw new IllegalArgumentException(
          "An average is kept of exactly the weights that there are");
    }
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("An average decays by 0 to below 1, not by " + decay);
    }
    this.weights = new LinkedHashMap<>(weights);
    this.averages = new LinkedHashMap<>(averages);
    this.decay = decay;
  }

  /**
   * Takes the weights of a step in. Must be called with the recording of gradients off.
   *
   * @param step counts from 0 over the whole run, so that a resumed one goes on alike
   */
  public void update(long step) {
    double kept = Math.min(decay, (1.0 + step) / (10.0 + step));
    weights.forEach(
        (name, weight) -> {
          try (NDArray part = weight.mul(1 - kept)) {
            averages.get(name).muli(kept).addi(part);
          }
        });
  }
}
