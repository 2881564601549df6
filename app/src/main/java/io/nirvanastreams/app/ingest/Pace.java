package io.nirvanastreams.app.ingest;

/** Spreads images evenly over time. For one thread. */
@FunctionalInterface
public interface Pace {
  /** Returns when the image of this number, counted from 0, is due. */
  void await(long number) throws InterruptedException;

  /** As fast as it goes. */
  static Pace unlimited() {
    return number -> {};
  }

  /**
   * So many images a second, counted from this call: a late image does not delay those after it.
   *
   * @throws IllegalArgumentException unless the rate is positive
   */
  static Pace perSecond(double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("a rate is positive, not " + rate);
    }
    long start = System.nanoTime();
    return number -> {
      long wait = start + (long) (number * 1e9 / rate) - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
      }
    };
  }
}
