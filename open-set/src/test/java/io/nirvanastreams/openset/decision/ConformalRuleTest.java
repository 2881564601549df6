package io.nirvanastreams.openset.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformalRuleTest {

  @Test
  void shouldCountTheScoresAtMostAsHigh() {
    DecisionRule rule = rule(0.3, new double[] {3, 1, 2, 2});
    assertThat(rule.decide(0, 0.5)).isEqualTo(new Decision.Unknown(0, 1 / 5.0));
    assertThat(rule.decide(0, 1)).isEqualTo(new Decision.Known(0, 2 / 5.0));
    assertThat(rule.decide(0, 2)).isEqualTo(new Decision.Known(0, 4 / 5.0));
    assertThat(rule.decide(0, 9)).isEqualTo(new Decision.Known(0, 1));
  }

  @Test
  void shouldJudgeByThePredictedClass() {
    double[] low = IntStream.range(0, 99).mapToDouble(i -> i).toArray();
    double[] high = IntStream.range(1000, 1099).mapToDouble(i -> i).toArray();
    DecisionRule rule = rule(0.05, low, high);
    assertThat(rule.decide(0, 500)).isEqualTo(new Decision.Known(0, 1));
    assertThat(rule.decide(1, 500)).isEqualTo(new Decision.Unknown(1, 0.01));
  }

  @Test
  void shouldPoolAClassThatCouldNeverBeAnsweredUnknown() {
    double[] nineteen = IntStream.range(0, 19).mapToDouble(i -> i).toArray();
    double[] twenty = IntStream.range(0, 20).mapToDouble(i -> i).toArray();
    DecisionRule rule = rule(0.05, nineteen, twenty, new double[0]);
    assertThat(rule.pooled(0)).isTrue();
    assertThat(rule.pooled(1)).isFalse();
    assertThat(rule.pooled(2)).isTrue();
    assertThat(rule.decide(2, -1)).isEqualTo(new Decision.Unknown(2, 1 / 40.0));
    assertThat(rule.decide(1, -1)).isEqualTo(new Decision.Unknown(1, 1 / 21.0));
  }

  @Test
  void shouldJudgeByAllScoresWhenGlobal() {
    double[] low = IntStream.range(0, 99).mapToDouble(i -> i).toArray();
    double[] high = IntStream.range(1000, 1099).mapToDouble(i -> i).toArray();
    DecisionRule rule = rule(DecisionRules.CONFORMAL_GLOBAL, 0.05, low, high);
    assertThat(rule.method()).isEqualTo("conformal-global");
    assertThat(rule.decide(1, 500)).isEqualTo(new Decision.Known(1, 100 / 199.0));
    assertThat(rule.decide(1, 7)).isEqualTo(new Decision.Unknown(1, 9 / 199.0));
    assertThat(rule.pooled(0)).isTrue();
  }

  @Test
  void shouldAnswerUnknownForAScoreThatIsNoNumber() {
    assertThat(rule(0.5, new double[] {1}).decide(0, Double.NaN))
        .isInstanceOf(Decision.Unknown.class);
  }

  /** The promise itself: over calibration sets drawn anew, knowns are refused at most alpha. */
  @ParameterizedTest
  @CsvSource({"30,0.05", "99,0.05", "57,0.1", "200,0.01", "19,0.1"})
  void shouldKeepThePromiseOverRandomCalibrationSets(int n, double alpha) {
    Random random = new Random(n);
    int draws = 20_000;
    int refused = 0;
    for (int draw = 0; draw < draws; draw++) {
      double[] scores = random.doubles(n).map(u -> -Math.log(u)).toArray();
      double score = -Math.log(random.nextDouble());
      if (rule(alpha, scores).decide(0, score) instanceof Decision.Unknown) {
        refused++;
      }
    }
    double expected = ConformalBound.flaggedRank(n, alpha) / (n + 1.0);
    assertThat(expected).isLessThan(alpha);
    double noise = 4 * Math.sqrt(expected * (1 - expected) / draws);
    assertThat((double) refused / draws).isCloseTo(expected, within(noise));
  }

  @Test
  void shouldRefuseWhatPromisesNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> rule(0, new double[] {1}));
    assertThatIllegalArgumentException().isThrownBy(() -> rule(1, new double[] {1}));
    assertThatIllegalArgumentException().isThrownBy(() -> rule(0.1, new double[] {Double.NaN}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecisionRules.byName("guess", 0.1, List.of(), FittedParameters.NONE))
        .withMessageContaining("quantile-global");
  }

  private static DecisionRule rule(double alpha, double[]... scores) {
    return rule(DecisionRules.CONFORMAL, alpha, scores);
  }

  private static DecisionRule rule(String method, double alpha, double[]... scores) {
    return DecisionRules.byName(method, alpha, List.of(scores), FittedParameters.NONE);
  }
}
