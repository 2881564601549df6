package io.nirvanastreams.trainer.train;

/**
 * How weights move at each step. Immutable.
 *
 * @param kind which optimiser
 * @param momentum of the gradient descent; for Adam b1, the decay of the running mean
 * @param weightDecay added to the gradient, times the weight
 * @param clipNorm gradients longer than this, over all weights, are shortened to it; 0 is off
 * @param average decay of the moving average of weights that is evaluated and exported, such as
 *     0.999; 0 is off
 */
public record OptimiserSettings(
    Kind kind, double momentum, double weightDecay, double clipNorm, double average) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a value outside its range
   */
  public OptimiserSettings {
    Ranges.check(momentum >= 0 && momentum < 1, "momentum", momentum);
    Ranges.check(weightDecay >= 0 && weightDecay < 1, "weight-decay", weightDecay);
    Ranges.check(clipNorm >= 0 && Double.isFinite(clipNorm), "clip-norm", clipNorm);
    Ranges.check(average >= 0 && average < 1, "ema", average);
  }

  /** The optimisers. */
  public enum Kind {
    /** Stochastic gradient descent with momentum. */
    SGD,
    /** Adam with bias correction; wants a learning rate near 0.001. */
    ADAM
  }
}
