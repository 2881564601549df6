package io.nirvanastreams.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Times pieces of work in turn, round after round, so that what else the machine does hits all of
 * them alike. One thread.
 */
final class Interleaved {
  private static final int WARM_UP = 3;

  private final Map<String, Runnable> works = new LinkedHashMap<>();
  private final Map<String, double[]> seconds = new LinkedHashMap<>();

  /** Adds a piece of work. */
  void add(String name, Runnable work) {
    works.put(name, work);
  }

  /** Runs all of it. */
  void run(int rounds) {
    works.keySet().forEach(name -> seconds.put(name, new double[rounds]));
    for (int round = -WARM_UP; round < rounds; round++) {
      for (Map.Entry<String, Runnable> work : works.entrySet()) {
        long start = System.nanoTime();
        work.getValue().run();
        double taken = (System.nanoTime() - start) / 1e9;
        if (round >= 0) {
          seconds.get(work.getKey())[round] = taken;
        }
      }
    }
  }

  /** Units of work done in a second: the median, and the quartiles as a measure of the noise. */
  Spread rate(String name, double units) {
    return Spread.of(Arrays.stream(seconds.get(name)).map(taken -> units / taken).toArray());
  }

  /** How many times faster one is than another, by rounds, each with so many units of work. */
  Spread ratio(String faster, double units, String slower, double slowerUnits) {
    double[] ratios = seconds.get(faster).clone();
    double[] others = seconds.get(slower);
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = units / ratios[round] / (slowerUnits / others[round]);
    }
    return Spread.of(ratios);
  }

  /**
   * The middle of some values.
   *
   * @param lower a quarter is below
   * @param median half is below
   * @param upper a quarter is above
   * @param largest all of it is below
   */
  record Spread(double lower, double median, double upper, double largest) {
    static Spread of(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int last = sorted.length - 1;
      return new Spread(sorted[last / 4], sorted[last / 2], sorted[last - last / 4], sorted[last]);
    }

    /** With its quartiles. */
    @Override
    public String toString() {
      return "%8.2f  (quartiles %.2f to %.2f, best %.2f)".formatted(median, lower, upper, largest);
    }
  }
}
