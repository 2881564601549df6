package io.nirvanastreams.openset.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeibullTest {

  /** For two values the likelihood equation becomes u tanh u = 1 with u = k ln(x2 / x1) / 2. */
  @ParameterizedTest
  @CsvSource({"1,2", "0.001,5", "300,301", "1e-8,1e8"})
  void shouldEqualTheClosedFormForTwoValues(double small, double large) {
    double u = 1.199678640257734;
    double shape = 2 * u / Math.log(large / small);
    double scale = large * Math.pow((Math.pow(small / large, shape) + 1) / 2, 1 / shape);
    Weibull fitted = Weibull.fit(new double[] {large, small});
    assertThat(fitted.shape()).isCloseTo(shape, Percentage.withPercentage(1e-6));
    assertThat(fitted.scale()).isCloseTo(scale, Percentage.withPercentage(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"0.7,3", "1,0.01", "2.5,100", "12,1"})
  void shouldFindTheParametersOfASample(double shape, double scale) {
    Random random = new Random(11);
    int count = 20_000;
    double[] sample =
        random.doubles(count).map(u -> scale * Math.pow(-Math.log(1 - u), 1 / shape)).toArray();
    Weibull fitted = Weibull.fit(sample);
    // Asymptotic deviations of the estimates: 0.78 k / sqrt n and 1.05 lambda / (k sqrt n).
    assertThat(fitted.shape()).isCloseTo(shape, within(4 * 0.78 * shape / Math.sqrt(count)));
    assertThat(fitted.scale())
        .isCloseTo(scale, within(4 * 1.05 * scale / (shape * Math.sqrt(count))));
  }

  @Test
  void shouldBeTheMaximumOfTheLikelihood() {
    double[] sample = new Random(2).doubles(20, 0.5, 3).toArray();
    Weibull best = Weibull.fit(sample);
    double most = logLikelihood(best, sample);
    for (double factor : new double[] {0.99, 1.01}) {
      assertThat(logLikelihood(new Weibull(best.shape() * factor, best.scale()), sample))
          .isLessThan(most);
      assertThat(logLikelihood(new Weibull(best.shape(), best.scale() * factor), sample))
          .isLessThan(most);
    }
  }

  @Test
  void shouldSurviveAsDefined() {
    Weibull weibull = new Weibull(2, 3);
    assertThat(weibull.survival(3)).isCloseTo(Math.exp(-1), within(1e-12));
    assertThat(weibull.survival(0)).isEqualTo(1);
    assertThat(weibull.survival(-1)).isEqualTo(1);
    assertThat(new Weibull(1, 0).survival(1e-9)).isZero();
  }

  @Test
  void shouldStayFiniteForEqualValues() {
    Weibull step = Weibull.fit(IntStream.range(0, 5).mapToDouble(i -> 2).toArray());
    assertThat(step.survival(1.9)).isGreaterThan(0.99);
    assertThat(step.survival(2.1)).isLessThan(0.01);
  }

  @Test
  void shouldRefuseValuesThatAreNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> Weibull.fit(new double[] {1}));
    assertThatIllegalArgumentException().isThrownBy(() -> Weibull.fit(new double[] {1, 0}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weibull.fit(new double[] {1, Double.NaN}));
  }

  private static double logLikelihood(Weibull weibull, double[] sample) {
    double sum = 0;
    for (double x : sample) {
      double ratio = x / weibull.scale();
      sum +=
          Math.log(weibull.shape() / weibull.scale())
              + (weibull.shape() - 1) * Math.log(ratio)
              - Math.pow(ratio, weibull.shape());
    }
    return sum;
  }
}
