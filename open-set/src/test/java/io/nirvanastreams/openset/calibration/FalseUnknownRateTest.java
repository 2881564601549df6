package io.nirvanastreams.openset.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.calibration.FalseUnknownRate.Stratum;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FalseUnknownRateTest {
  @Test
  void shouldWeighTheTwoKindsOfAnswersByHowOftenTheyAreGiven() {
    FalseUnknownRate rate = FalseUnknownRate.of(new Stratum(900, 90, 90), new Stratum(100, 50, 25));

    assertThat(rate.rate()).isCloseTo(50.0 / 950, within(1e-12));
    assertThat(rate.labelled()).isEqualTo(140);
  }

  @Test
  void shouldSayNothingWithoutALabelledUnknown() {
    assertThat(FalseUnknownRate.of(new Stratum(9, 5, 5), new Stratum(2, 0, 0)).rate()).isNaN();
    assertThat(FalseUnknownRate.of(new Stratum(9, 5, 5), new Stratum(0, 0, 0)).rate()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> new Stratum(1, 2, 0));
  }

  /** Over many streams the true rate lies within two errors about as often as it should. */
  @Test
  void shouldTellItsSamplingError() {
    Random random = new Random(5);
    int covered = 0;
    for (int run = 0; run < 400; run++) {
      long[] known = new long[3];
      long[] unknown = new long[3];
      long falseUnknown = 0;
      long ofClasses = 0;
      for (int i = 0; i < 4_000; i++) {
        boolean ofClass = random.nextDouble() < 0.9;
        boolean refused = random.nextDouble() < (ofClass ? 0.05 : 0.9);
        ofClasses += ofClass ? 1 : 0;
        falseUnknown += ofClass && refused ? 1 : 0;
        long[] stratum = refused ? unknown : known;
        stratum[0]++;
        if (random.nextDouble() < (refused ? 0.3 : 0.02)) {
          stratum[1]++;
          stratum[2] += ofClass ? 1 : 0;
        }
      }
      FalseUnknownRate rate = FalseUnknownRate.of(stratum(known), stratum(unknown));
      double truth = (double) falseUnknown / ofClasses;
      covered += Math.abs(rate.rate() - truth) <= 2 * rate.error() ? 1 : 0;
    }
    assertThat(covered / 400.0).isBetween(0.90, 1.0);
  }

  private static Stratum stratum(long[] counts) {
    return new Stratum(counts[0], counts[1], counts[2]);
  }
}
