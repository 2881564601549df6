package io.nirvanastreams.openset.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformalBoundTest {

  @Test
  void shouldBeExactWhereTheRateIsUniform() {
    // n = 1 and m = 1: the rate is Beta(1, 1), so every count of 0..9 has the probability 1/10.
    assertThat(ConformalBound.upper(1, 0.6, 9, 0.85)).isEqualTo(8.0 / 9);
    assertThat(ConformalBound.upper(1, 0.6, 9, 0.75)).isEqualTo(7.0 / 9);
    assertThat(ConformalBound.upper(1, 0.6, 9, 0.95)).isEqualTo(1);
  }

  @Test
  void shouldBeZeroWhereNothingCanBeRefused() {
    assertThat(ConformalBound.upper(19, 0.05, 1000, 0.999)).isZero();
    assertThat(ConformalBound.upper(0, 0.05, 1000, 0.999)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1,1,10", "5,99,400", "12,250,1000", "50,1000,20000", "200,300,10"})
  void shouldBeADistributionWithTheKnownMean(int m, int n, int trials) {
    CountDistribution distribution = CountDistribution.betaBinomial(m, n, trials);
    double mass = 0;
    double mean = 0;
    for (int k = 0; k <= trials; k++) {
      mass += distribution.probability(k);
      mean += k * distribution.probability(k);
    }
    assertThat(mass).isCloseTo(1, within(1e-9));
    assertThat(mean).isCloseTo(trials * m / (n + 1.0), within(1e-6 * trials));
  }

  /** Draws calibration sets and streams of knowns, and counts how often the bound is passed. */
  @ParameterizedTest
  @CsvSource({"100,0.05,200,0.95", "250,0.05,500,0.9", "60,0.1,1000,0.95"})
  void shouldBePassedAsOftenAsTheConfidenceAllows(
      int n, double alpha, int trials, double confidence) {
    Random random = new Random(n);
    double bound = ConformalBound.upper(n, alpha, trials, confidence);
    double step = 1.0 / trials;
    int draws = 2500;
    int above = 0;
    int atLeast = 0;
    for (int draw = 0; draw < draws; draw++) {
      double rate = simulated(random, n, alpha, trials);
      above += rate > bound + step / 2 ? 1 : 0;
      atLeast += rate > bound - step / 2 ? 1 : 0;
    }
    double noise = 4 * Math.sqrt(confidence * (1 - confidence) / draws);
    assertThat((double) above / draws).isLessThanOrEqualTo(1 - confidence + noise);
    assertThat((double) atLeast / draws).isGreaterThanOrEqualTo(1 - confidence - noise);
  }

  @Test
  void shouldHoldOverSeveralClasses() {
    int[] n = {80, 250, 40};
    long[] trials = {100, 300, 50};
    double bound = ConformalBound.upper(n, 0.05, trials, 0.95);
    Random random = new Random(1);
    int draws = 2500;
    int above = 0;
    for (int draw = 0; draw < draws; draw++) {
      double flagged = 0;
      for (int c = 0; c < n.length; c++) {
        flagged += simulated(random, n[c], 0.05, (int) trials[c]) * trials[c];
      }
      above += flagged / 450 > bound + 1e-9 ? 1 : 0;
    }
    assertThat((double) above / draws).isBetween(0.025, 0.067);
  }

  @Test
  void shouldApproachAlphaWithMoreCalibrationAndTrials() {
    double few = ConformalBound.upper(100, 0.05, 100, 0.999);
    double more = ConformalBound.upper(1000, 0.05, 10_000, 0.999);
    double many = ConformalBound.upper(100_000, 0.05, 100_000_000, 0.999);
    assertThat(few).isGreaterThan(more);
    assertThat(more).isGreaterThan(many);
    assertThat(many).isBetween(0.05, 0.053);
  }

  @Test
  void shouldBoundALongStreamOverManyClasses() {
    int[] n = new int[10];
    long[] trials = new long[10];
    Arrays.fill(n, 250);
    Arrays.fill(trials, 10_000_000);
    double together = ConformalBound.upper(n, 0.05, trials, 0.999);
    double alone = ConformalBound.upper(250, 0.05, 100_000_000, 0.999);
    // The noise of ten calibration sets partly cancels out.
    assertThat(together).isBetween(0.05, 0.067);
    assertThat(alone).isBetween(0.085, 0.11);
  }

  @ParameterizedTest
  @CsvSource({"19,0.05,0", "20,0.05,1", "99,0.05,4", "100,0.05,5", "9,0.1,0", "999,0.001,0"})
  void shouldAgreeWithTheRuleOnTheRank(int n, double alpha, int m) {
    assertThat(ConformalBound.flaggedRank(n, alpha)).isEqualTo(m);
  }

  @Test
  void shouldRefuseNonsense() {
    assertThatIllegalArgumentException().isThrownBy(() -> ConformalBound.upper(9, 0, 9, 0.9));
    assertThatIllegalArgumentException().isThrownBy(() -> ConformalBound.upper(9, 0.1, 9, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> ConformalBound.upper(9, 0.1, 0, 0.9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConformalBound.upper(new int[2], 0.1, new long[] {-1, 5}, 0.9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConformalBound.upper(new int[2], 0.1, new long[1], 0.9));
  }

  private static double simulated(Random random, int n, double alpha, int trials) {
    double[] calibration = random.doubles(n).sorted().toArray();
    double[] scores = random.doubles(trials).toArray();
    long refused =
        Arrays.stream(scores).filter(s -> CalibrationScores.pValue(calibration, s) < alpha).count();
    return (double) refused / trials;
  }
}
