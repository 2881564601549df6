package io.nirvanastreams.trainer.optimise;

/**
 * A learning rate that first rises along a line to the start of another schedule, which then runs
 * from its own first step (Goyal et al., "Accurate, Large Minibatch SGD", 2017, section 2.2). With
 * W steps of warm-up: lr(t) = (t+1)/(W+1) of that start for t = 0 .. W-1.
 *
 * @param steps W; with 0 it is just the other schedule
 * @param then what follows
 */
public record WarmUp(long steps, Schedule then) implements Schedule {

  /** Checks the number of steps. */
  public WarmUp {
    if (steps < 0) {
      throw new IllegalArgumentException("A warm-up has 0 or more steps, not " + steps);
    }
  }

  @Override
  public double at(long step) {
    return step < steps ? then.at(0) * (step + 1) / (steps + 1) : then.at(step - steps);
  }
}
