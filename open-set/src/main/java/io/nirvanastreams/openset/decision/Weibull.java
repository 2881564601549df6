package io.nirvanastreams.openset.decision;

/**
 * The Weibull distribution of values above 0, P(X > x) = exp(-(x / scale)^shape). Immutable.
 *
 * @param shape k, above 0
 * @param scale lambda, 0 or more; 0 when all values fell together
 */
public record Weibull(double shape, double scale) {
  /** Steeper is a step for every purpose, and values that are all alike have no finite shape. */
  private static final double STEEPEST = 1000;

  private static final int HALVINGS = 200;

  /**
   * The parameters of maximum likelihood. The shape solves sum x^k ln x / sum x^k - 1/k = mean ln x
   * (Cohen, "Maximum Likelihood Estimation in the Weibull Distribution", Technometrics 7, 1965), by
   * bisection, as the left side rises with k; the scale is then (mean x^k)^(1/k).
   *
   * @param values at least two, each above 0 and finite
   * @throws IllegalArgumentException for fewer, or another value
   */
  public static Weibull fit(double[] values) {
    if (values.length < 2) {
      throw new IllegalArgumentException(
          "a Weibull distribution is fitted to two values or more, not " + values.length);
    }
    double largest = 0;
    for (double value : values) {
      if (!(value > 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException("Weibull values lie above 0, one was " + value);
      }
      largest = Math.max(largest, value);
    }
    // In units of the largest value no power overflows.
    double[] logs = new double[values.length];
    double mean = 0;
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(values[i] / largest);
      mean += logs[i] / logs.length;
    }
    double low = 0;
    double high = STEEPEST;
    for (int i = 0; i < HALVINGS && low < high; i++) {
      double middle = (low + high) / 2;
      if (slope(logs, middle) < mean) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double shape = (low + high) / 2;
    double power = 0;
    for (double log : logs) {
      power += Math.exp(shape * log) / logs.length;
    }
    return new Weibull(shape, largest * Math.exp(Math.log(power) / shape));
  }

  private static double slope(double[] logs, double shape) {
    double weighted = 0;
    double weights = 0;
    for (double log : logs) {
      double weight = Math.exp(shape * log);
      weighted += weight * log;
      weights += weight;
    }
    return weighted / weights - 1 / shape;
  }

  /** P(X > x); 1 for x at or below 0. */
  public double survival(double x) {
    if (x <= 0) {
      return 1;
    }
    // StrictMath: every machine must come to the same bits.
    return scale > 0 ? StrictMath.exp(-StrictMath.pow(x / scale, shape)) : 0;
  }
}
