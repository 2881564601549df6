package io.nirvanastreams.openset.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FalseDiscoveryTest {

  @Test
  void shouldStepUpByHand() {
    // Ranks 1..5 of 5 at the target 0.25: 0.05, 0.1, 0.15, 0.2, 0.25.
    double[] pValues = {0.14, 0.9, 0.06, 0.12, 0.3};
    assertThat(new FalseDiscoveryWindow(0.25).alarms(pValues))
        .containsExactly(true, false, true, true, false);
    assertThat(new FalseDiscoveryWindow(0.1).alarms(pValues)).containsOnly(false);
    assertThat(new FalseDiscoveryWindow(0.1).alarms(new double[0])).isEmpty();
  }

  @Test
  void shouldSpendLessThanItHas() {
    double sum = 0;
    int terms = 2_000_000;
    for (int t = 1; t <= terms; t++) {
      sum += FalseDiscoveryStream.gamma(t);
    }
    // Rest of the integral: with u = sqrt(ln t), 2 u^3 exp(-u) integrates to the last factor.
    double u = Math.sqrt(Math.log(terms));
    double rest = 0.07720838 * 2 * Math.exp(-u) * (u * u * u + 3 * u * u + 6 * u + 6);
    assertThat(sum + rest).isBetween(0.95, 1.0);
  }

  @Test
  void shouldSetTheLevelsOfThePaper() {
    FalseDiscoveryStream rule = new FalseDiscoveryStream(0.1);
    FalseDiscoveryState state = FalseDiscoveryState.START;
    assertThat(rule.level(state)).isEqualTo(0.05 * FalseDiscoveryStream.gamma(1));
    for (double pValue : new double[] {0.5, 0, 0.5, 0}) {
      state = rule.next(state, pValue).state();
    }
    assertThat(state).isEqualTo(new FalseDiscoveryState(4, 2, List.of(4L)));
    assertThat(rule.level(state))
        .isCloseTo(
            0.05 * FalseDiscoveryStream.gamma(5)
                + 0.05 * FalseDiscoveryStream.gamma(3)
                + 0.1 * FalseDiscoveryStream.gamma(1),
            within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0.05,0", "0.05,0.02", "0.1,0.1", "0.2,0.5"})
  void shouldKeepTheRateOnStreams(double target, double unknownShare) {
    Realised window = realised(new FalseDiscoveryWindow(target), unknownShare);
    Realised stream = realised(new FalseDiscoveryStream(target), unknownShare);
    assertThat(window.rate).isLessThanOrEqualTo(target + window.noise);
    assertThat(stream.rate).isLessThanOrEqualTo(target + stream.noise);
    if (unknownShare > 0.05) {
      assertThat(window.found).isGreaterThan(0.5);
      assertThat(stream.found).isGreaterThan(0.3);
      // A fixed threshold at the same number finds everything and is wrong far more often.
      assertThat(1 - unknownShare).isGreaterThan(target);
    }
  }

  @Test
  void shouldBeFarBelowTheAlarmsOfAThresholdPerImage() {
    Random random = new Random(3);
    double[] known = random.doubles(50_000).toArray();
    int alarms = 0;
    for (boolean alarm : new FalseDiscoveryStream(0.05).alarms(known)) {
      alarms += alarm ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(2);
  }

  @Test
  void shouldGoOnFromAStoredStateAlike() {
    FalseDiscoveryStream rule = new FalseDiscoveryStream(0.1);
    Random random = new Random(8);
    FalseDiscoveryState straight = FalseDiscoveryState.START;
    FalseDiscoveryState restored = FalseDiscoveryState.START;
    List<Boolean> one = new ArrayList<>();
    List<Boolean> two = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      double pValue = i % 2 == 0 ? 0 : random.nextDouble();
      FalseDiscoveryStream.Step step = rule.next(straight, pValue);
      one.add(step.alarm());
      straight = step.state();
      step = rule.next(FalseDiscoveryState.of(restored.toBytes()), pValue);
      two.add(step.alarm());
      restored = step.state();
    }
    assertThat(two).isEqualTo(one);
    assertThat(restored).isEqualTo(straight);
    assertThat(straight.later()).hasSize(FalseDiscoveryState.MOST_ALARMS);
  }

  @Test
  void shouldRefuseNonsense() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FalseDiscoveryStream(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new FalseDiscoveryWindow(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FalseDiscoveryWindow(0.1).alarms(new double[] {Double.NaN}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FalseDiscoveryStream(0.1).alarms(new double[] {1.5}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FalseDiscoveryState.of(new byte[9]))
        .withMessageContaining("9 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FalseDiscoveryState(5, 3, List.of(3L)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FalseDiscoveryState(5, 3, List.of(6L)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FalseDiscoveryState(5, 0, List.of(2L)));
  }

  /** Known images have uniform p-values, unknown ones the tenth power of such. */
  private static Realised realised(FalseDiscoveryRule rule, double unknownShare) {
    Random random = new Random(1);
    int runs = 200;
    int length = 400;
    double[] rates = new double[runs];
    int found = 0;
    int unknowns = 0;
    for (int run = 0; run < runs; run++) {
      double[] pValues = new double[length];
      boolean[] unknown = new boolean[length];
      for (int i = 0; i < length; i++) {
        unknown[i] = random.nextDouble() < unknownShare;
        pValues[i] = Math.pow(random.nextDouble(), unknown[i] ? 10 : 1);
      }
      boolean[] alarms = rule.alarms(pValues);
      int raised = 0;
      int wrong = 0;
      for (int i = 0; i < length; i++) {
        raised += alarms[i] ? 1 : 0;
        wrong += alarms[i] && !unknown[i] ? 1 : 0;
        found += alarms[i] && unknown[i] ? 1 : 0;
        unknowns += unknown[i] ? 1 : 0;
      }
      rates[run] = raised == 0 ? 0 : (double) wrong / raised;
    }
    double mean = 0;
    double squares = 0;
    for (double rate : rates) {
      mean += rate / runs;
      squares += rate * rate / runs;
    }
    double noise = 3 * Math.sqrt((squares - mean * mean) / runs);
    return new Realised(mean, noise, unknowns == 0 ? 1 : (double) found / unknowns);
  }

  private record Realised(double rate, double noise, double found) {}
}
