package io.nirvanastreams.trainer.augment;

import java.util.Random;

/**
 * Draws from the symmetric beta distribution, as the share of one of two gamma variates. Stateless.
 */
final class Beta {
  private Beta() {}

  /** A number from 0 to 1; near the ends for a small alpha, near one half for a large one. */
  static double draw(double alpha, Random random) {
    double first = gamma(alpha, random);
    double second = gamma(alpha, random);
    // Both can underflow for a tiny alpha, where the distribution is all at the ends.
    return first + second > 0 ? first / (first + second) : random.nextInt(2);
  }

  /**
   * Marsaglia and Tsang, "A simple method for generating gamma variables" (2000); for a shape below
   * 1 by their section 6. StrictMath: the same draws on every machine.
   */
  private static double gamma(double shape, Random random) {
    if (shape < 1) {
      double power = StrictMath.pow(1 - random.nextDouble(), 1 / shape);
      return gamma(shape + 1, random) * power;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        double u = 1 - random.nextDouble();
        if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
          return d * v;
        }
      }
    }
  }
}
