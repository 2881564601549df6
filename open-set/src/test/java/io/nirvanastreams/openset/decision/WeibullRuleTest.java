package io.nirvanastreams.openset.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.parameter.FittedParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeibullRuleTest {
  private static final Map<String, Double> DEFAULTS = Map.of();

  /** Distances -ln u are exponential: any tail is Weibull of shape 1, and P(X > x) = exp(-x). */
  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 1e-3, 0.01, 0.05, 0.3})
  void shouldRefuseAlphaOfTheKnownBeyondAnyConformalRule(double alpha) {
    Random random = new Random(5);
    double refused = 0;
    int draws = 300;
    for (int draw = 0; draw < draws; draw++) {
      double[] scores = random.doubles(400).map(Math::log).toArray();
      DecisionRule rule = rule(alpha, scores);
      refused += Math.exp(-threshold(rule)) / draws;
    }
    // A tail of 20 leaves the far quantiles uncertain; their mean is right within a factor.
    assertThat(refused).isBetween(alpha / 3, alpha < 0.01 ? 8 * alpha : 1.3 * alpha);
  }

  @Test
  void shouldFallWithTheDistance() {
    double[] scores = new Random(6).doubles(300).map(Math::log).toArray();
    DecisionRule rule = rule(0.05, scores);
    double before = 1;
    for (double distance = 0; distance < 30; distance += 0.01) {
      double p = rule.decide(0, -distance).pValue();
      assertThat(p).isLessThanOrEqualTo(before).isPositive();
      before = p;
    }
    assertThat(before).isLessThan(1e-4);
    assertThat(rule.decide(0, Double.NaN)).isEqualTo(new Decision.Unknown(0, 0));
  }

  @Test
  void shouldMeetTheShareWhereTheTailBegins() {
    double[] scores = new Random(7).doubles(100).map(Math::log).toArray();
    double[] ascending = scores.clone();
    Arrays.sort(ascending);
    DecisionRule rule = rule(0.05, scores);
    assertThat(rule.decide(0, ascending[20]).pValue()).isCloseTo(0.2, within(0.02));
    assertThat(rule.decide(0, ascending[20] - 1e-6).pValue()).isCloseTo(0.2, within(1e-3));
    assertThat(rule.decide(0, ascending[60]).pValue()).isEqualTo(62 / 101.0);
  }

  @Test
  void shouldPoolAClassWithoutATail() {
    double[] many = new Random(8).doubles(200).map(Math::log).toArray();
    double[] twenty = new Random(9).doubles(20).map(u -> -50 - u).toArray();
    DecisionRule rule = rule(0.05, many, twenty);
    assertThat(rule.pooled(0)).isFalse();
    assertThat(rule.pooled(1)).isTrue();
    assertThat(rule.decide(0, -40)).isInstanceOf(Decision.Unknown.class);
    assertThat(rule.decide(1, -40)).isInstanceOf(Decision.Known.class);
  }

  @Test
  void shouldFitToCorrectlyClassifiedImagesOnRequest() {
    double[] right = new Random(4).doubles(200).map(Math::log).toArray();
    double[] predicted =
        DoubleStream.concat(Arrays.stream(right), new Random(5).doubles(20).map(u -> -20 - u))
            .toArray();
    List<double[]> all = List.<double[]>of(predicted);
    List<double[]> correct = List.<double[]>of(right);
    DecisionRule lenient =
        DecisionRules.byName(
            "weibull-tail", 0.05, all, DecisionRules.fit("weibull-tail", all, correct, DEFAULTS));
    DecisionRule strict =
        DecisionRules.byName(
            "weibull-tail",
            0.05,
            all,
            DecisionRules.fit("weibull-tail", all, correct, Map.of("tail-of-correct", 1.0)));
    assertThat(threshold(lenient)).isGreaterThan(15);
    assertThat(threshold(strict)).isBetween(2.0, 5.0);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DecisionRules.fit("weibull-tail", all, all, Map.of("tail-of-correct", 2.0)));
  }

  @Test
  void shouldBearScoresThatAreAllAlike() {
    DecisionRule rule = rule(0.05, new double[30]);
    assertThat(rule.decide(0, 0)).isInstanceOf(Decision.Known.class);
    assertThat(rule.decide(0, -1e-3)).isEqualTo(new Decision.Unknown(0, 0));
  }

  @Test
  void shouldSayWhatItLacks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(0.05, new double[20]))
        .withMessageContaining("more than 20")
        .withMessageContaining("tail-size");
    List<double[]> scores = List.of(new double[30]);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DecisionRules.fit("weibull-tail", scores, scores, Map.of("tail-size", 1.5)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecisionRules.byName("weibull-tail", 0.05, scores, FittedParameters.NONE))
        .withMessageContaining("fit it anew");
    List<double[]> two = List.of(new double[30], new double[30]);
    FittedParameters ofTwo = DecisionRules.fit("weibull-tail", two, two, DEFAULTS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecisionRules.byName("weibull-tail", 0.05, scores, ofTwo));
  }

  private static DecisionRule rule(double alpha, double[]... scores) {
    List<double[]> all = List.of(scores);
    return DecisionRules.byName(
        "weibull-tail", alpha, all, DecisionRules.fit("weibull-tail", all, List.of(), DEFAULTS));
  }

  /** The distance from which on the answer is unknown. */
  private static double threshold(DecisionRule rule) {
    double low = 0;
    double high = 200;
    while (high - low > 1e-9) {
      double middle = (low + high) / 2;
      if (rule.decide(0, -middle) instanceof Decision.Known) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
