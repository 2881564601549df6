package io.nirvanastreams.openset.discovery;

/** Checks of what goes into the rules. */
final class PValues {
  private PValues() {}

  static void check(double pValue) {
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new IllegalArgumentException("a p-value must lie between 0 and 1, was " + pValue);
    }
  }

  static void checkTarget(double target) {
    if (!(target > 0 && target < 1)) {
      throw new IllegalArgumentException(
          "the false discovery rate must lie between 0 and 1, was " + target);
    }
  }
}
