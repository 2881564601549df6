package io.nirvanastreams.trainer.optimise;

/**
 * One learning rate for all steps.
 *
 * @param rate of every step
 */
public record ConstantSchedule(double rate) implements Schedule {

  @Override
  public double at(long step) {
    return rate;
  }
}
