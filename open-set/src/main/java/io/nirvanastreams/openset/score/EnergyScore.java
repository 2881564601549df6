package io.nirvanastreams.openset.score;

import java.util.Map;

/**
 * Minus the free energy of an image whose class energies are its squared distances: log sum_c
 * exp(-d_c / T).
 *
 * <p>Liu, Wang, Owens, Li, "Energy-based Out-of-distribution Detection", NeurIPS 2020, section 3,
 * with -d_c in the place of the logits. Parameter {@code temperature}, T, default 1; the smaller,
 * the closer to the raw score.
 */
final class EnergyScore implements Score {
  static final String NAME = "energy";
  static final String TEMPERATURE = "temperature";
  private static final double DEFAULT_TEMPERATURE = 1;

  private final double temperature;

  EnergyScore(Map<String, Double> parameters) {
    temperature = parameters.getOrDefault(TEMPERATURE, DEFAULT_TEMPERATURE);
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "parameter temperature must be above 0 and finite, was " + temperature);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Evidence evidence) {
    double[] distances = evidence.squaredDistances();
    // StrictMath: every machine must come to the same bits. Taking the largest term out keeps exp
    // from rounding everything to 0 far from all centres.
    double nearest = distances[evidence.nearest()];
    double sum = 0;
    for (double distance : distances) {
      sum += StrictMath.exp((nearest - distance) / temperature);
    }
    return StrictMath.log(sum) - nearest / temperature;
  }
}
