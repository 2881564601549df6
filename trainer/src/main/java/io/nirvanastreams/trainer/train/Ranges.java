package io.nirvanastreams.trainer.train;

/** Refuses settings outside their ranges, all in the same words. Stateless. */
final class Ranges {
  private Ranges() {}

  static void check(boolean holds, String name, double value) {
    if (!holds) {
      throw new IllegalArgumentException("The recipe's " + name + " cannot be " + value);
    }
  }
}
