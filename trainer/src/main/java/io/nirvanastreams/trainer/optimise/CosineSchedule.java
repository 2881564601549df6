package io.nirvanastreams.trainer.optimise;

/**
 * A learning rate that falls from its start to 0 along half a cosine, once per step: lr(t) = lr/2
 * (1 + cos(pi t / T)) for t = 0 .. T-1, as torch's CosineAnnealingLR. Kept out of the engine, whose
 * own tracker counts from 1.
 *
 * @param start the rate of the first step
 * @param steps T
 */
public record CosineSchedule(double start, long steps) implements Schedule {

  /** Checks the number of steps. */
  public CosineSchedule {
    if (steps < 1) {
      throw new IllegalArgumentException("A schedule has at least one step, not " + steps);
    }
  }

  @Override
  public double at(long step) {
    return start / 2 * (1 + Math.cos(Math.PI * step / steps));
  }
}
