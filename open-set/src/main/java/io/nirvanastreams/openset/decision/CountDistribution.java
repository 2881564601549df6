package io.nirvanastreams.openset.decision;

import java.util.Arrays;

/** Distribution of a count: probabilities of {@code first}, {@code first + 1}, and so on. */
final class CountDistribution {

  /** The count that is always 0. */
  static final CountDistribution ZERO = new CountDistribution(0, new double[] {1});

  /**
   * Tails lighter than this are cut off; the sum of all cuts stays far below any confidence asked.
   */
  private static final double NEGLIGIBLE = 1e-18;

  private final int first;
  private final double[] probabilities;

  private CountDistribution(int first, double[] probabilities) {
    this.first = first;
    this.probabilities = probabilities;
  }

  /** Successes among trials whose rate is Beta(m, n+1-m); always 0 for m = 0. */
  static CountDistribution betaBinomial(int m, int n, long trials) {
    if (m == 0 || trials == 0) {
      return ZERO;
    }
    int size = Math.toIntExact(trials);
    double b = n + 1.0 - m;
    double[] probabilities = new double[size + 1];
    // ln P(0) = ln B(m, b + trials) - ln B(m, b), a product of m ratios because m is whole.
    double log = 0;
    for (int i = 0; i < m; i++) {
      log += Math.log((b + i) / (b + size + i));
    }
    for (int k = 0; k <= size; k++) {
      probabilities[k] = Math.exp(log);
      log += Math.log((double) (size - k) * (k + m) / ((k + 1.0) * (size - k - 1 + b)));
    }
    return trimmed(0, probabilities);
  }

  /** Sum of two independent counts. */
  CountDistribution plus(CountDistribution other) {
    double[] sum = new double[probabilities.length + other.probabilities.length - 1];
    for (int i = 0; i < probabilities.length; i++) {
      for (int j = 0; j < other.probabilities.length; j++) {
        sum[i + j] += probabilities[i] * other.probabilities[j];
      }
    }
    return trimmed(first + other.first, sum);
  }

  /** The smallest count that is exceeded with probability at most 1 - confidence. */
  long quantile(double confidence) {
    double above = 0;
    int k = probabilities.length - 1;
    // From the upper tail: summing small numbers first keeps the digits that decide.
    while (k > 0 && above + probabilities[k] <= 1 - confidence) {
      above += probabilities[k];
      k--;
    }
    return (long) first + k;
  }

  double probability(long count) {
    long at = count - first;
    return at < 0 || at >= probabilities.length ? 0 : probabilities[(int) at];
  }

  private static CountDistribution trimmed(int first, double[] probabilities) {
    int low = 0;
    while (low < probabilities.length - 1 && probabilities[low] < NEGLIGIBLE) {
      low++;
    }
    int high = probabilities.length;
    while (high > low + 1 && probabilities[high - 1] < NEGLIGIBLE) {
      high--;
    }
    return new CountDistribution(first + low, Arrays.copyOfRange(probabilities, low, high));
  }
}
