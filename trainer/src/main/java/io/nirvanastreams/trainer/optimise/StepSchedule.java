package io.nirvanastreams.trainer.optimise;

/**
 * A learning rate that is multiplied by a factor again and again, as torch's StepLR: lr(t) = lr
 * factor^floor(t / every).
 *
 * @param start the rate of the first step
 * @param every steps between two falls
 * @param factor of each fall, above 0 and at most 1
 */
public record StepSchedule(double start, long every, double factor) implements Schedule {

  /** Checks the values. */
  public StepSchedule {
    if (every < 1) {
      throw new IllegalArgumentException("The rate falls every 1 or more steps, not " + every);
    }
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException("A rate falls by a factor up to 1, not by " + factor);
    }
  }

  @Override
  public double at(long step) {
    long falls = step / every;
    return start * Math.pow(factor, (double) falls);
  }
}
