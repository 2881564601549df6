package io.nirvanastreams.openset.measure;

import java.util.Arrays;

/**
 * Mean and deviation of one measure over several runs. Immutable.
 *
 * @param mean of the values; NaN when one of them is
 * @param deviation sample standard deviation, divided by count - 1; NaN for a single value
 * @param count how many values
 */
public record Spread(double mean, double deviation, int count) {

  /**
   * Of some values.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values to take the mean of");
    }
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    double deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Double.NaN;
    return new Spread(mean, deviation, values.length);
  }
}
