package io.nirvanastreams.openset.decision;

/**
 * How high a false-unknown rate may be measured while the conformal promise holds.
 *
 * <p>The promise bounds the mean over calibration sets. With n calibration scores, the rate behind
 * one calibration set is Beta(m, n+1-m) distributed, m being the largest whole number below alpha
 * (n+1), and what is counted in a run is binomial around that rate. The count is therefore
 * beta-binomial, exactly when scores have no ties and conservatively when they do.
 */
public final class ConformalBound {

  /**
   * Longer runs are scaled down to this many trials: by then the noise of counting is small beside
   * that of calibration, and the bound for fewer trials is the higher one.
   */
  private static final double MOST_TRIALS = 1_000_000;

  /** The same over several classes, where the work grows with the square. */
  private static final double MOST_TRIALS_OF_CLASSES = 20_000;

  private ConformalBound() {}

  /**
   * Upper bound for one class, or for classes judged by their pooled scores.
   *
   * @param n number of calibration scores, 0 or more
   * @param alpha target of the rule, above 0 and below 1
   * @param trials known images judged, at least 1
   * @param confidence probability that the bound holds when the promise does, such as 0.999
   * @return the smallest share of the trials, 0..1, that is exceeded with probability at most 1 -
   *     confidence
   */
  public static double upper(int n, double alpha, long trials, double confidence) {
    return upper(new int[] {n}, alpha, new long[] {trials}, confidence);
  }

  /**
   * Upper bound over several classes, each with its own calibration scores.
   *
   * @param n calibration scores per class
   * @param trials known images predicted as each class; at least one in all
   */
  public static double upper(int[] n, double alpha, long[] trials, double confidence) {
    if (n.length != trials.length) {
      throw new IllegalArgumentException(n.length + " classes against " + trials.length);
    }
    if (!(alpha > 0 && alpha < 1) || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("alpha and confidence must lie between 0 and 1");
    }
    long total = 0;
    for (long count : trials) {
      if (count < 0) {
        throw new IllegalArgumentException("negative number of trials");
      }
      total += count;
    }
    if (total < 1) {
      throw new IllegalArgumentException("at least one trial is needed");
    }
    double shrink = Math.min(1, (n.length == 1 ? MOST_TRIALS : MOST_TRIALS_OF_CLASSES) / total);
    CountDistribution sum = CountDistribution.ZERO;
    long used = 0;
    for (int c = 0; c < n.length; c++) {
      long count = shrink < 1 ? (long) (trials[c] * shrink) : trials[c];
      used += count;
      sum = sum.plus(CountDistribution.betaBinomial(flaggedRank(n[c], alpha), n[c], count));
    }
    return (double) sum.quantile(confidence) / used;
  }

  /** m: scores below the m-th smallest calibration score have p < alpha. */
  static int flaggedRank(int n, double alpha) {
    int m = (int) Math.ceil(alpha * (n + 1.0)) - 1;
    // The same comparison as the rule makes, so that rounding falls to the same side.
    while (m > 0 && !(m / (n + 1.0) < alpha)) {
      m--;
    }
    while ((m + 1) / (n + 1.0) < alpha) {
      m++;
    }
    return m;
  }
}
