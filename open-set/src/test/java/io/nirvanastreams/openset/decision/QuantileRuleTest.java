package io.nirvanastreams.openset.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileRuleTest {

  private static final double[] LOW = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  private static final double[] HIGH = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20};

  @Test
  void shouldUseOneThresholdForAllClasses() {
    DecisionRule rule =
        DecisionRules.byName("quantile-global", 0.1, List.of(LOW, HIGH), FittedParameters.NONE);
    assertThat(rule.decide(0, 3)).isInstanceOf(Decision.Known.class);
    assertThat(rule.decide(1, 3)).isInstanceOf(Decision.Known.class);
    assertThat(rule.decide(0, 2.9)).isEqualTo(new Decision.Unknown(0, 3 / 21.0));
    assertThat(rule.pooled(0)).isTrue();
  }

  @Test
  void shouldUseOneThresholdAClass() {
    DecisionRule rule =
        DecisionRules.byName(
            "quantile-per-class", 0.1, List.of(LOW, HIGH, new double[0]), FittedParameters.NONE);
    assertThat(rule.decide(0, 2)).isInstanceOf(Decision.Known.class);
    assertThat(rule.decide(0, 1.9)).isInstanceOf(Decision.Unknown.class);
    assertThat(rule.decide(1, 10)).isInstanceOf(Decision.Unknown.class);
    assertThat(rule.pooled(1)).isFalse();
    assertThat(rule.pooled(2)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.1, 0.33, 0.5, 0.9})
  void shouldRefuseAtMostAlphaOfTheCalibrationImages(double alpha) {
    double[] scores = new Random(3).doubles(777).toArray();
    DecisionRule rule =
        DecisionRules.byName("quantile-global", alpha, List.of(scores), FittedParameters.NONE);
    long refused =
        Arrays.stream(scores).filter(s -> rule.decide(0, s) instanceof Decision.Unknown).count();
    assertThat(refused).isEqualTo((long) (alpha * scores.length));
  }

  @Test
  void shouldAcceptAllWithoutCalibration() {
    DecisionRule rule =
        DecisionRules.byName(
            "quantile-per-class", 0.1, List.of(new double[0]), FittedParameters.NONE);
    assertThat(rule.decide(0, -1e9)).isEqualTo(new Decision.Known(0, 1));
  }
}
