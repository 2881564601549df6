package io.nirvanastreams.openset.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CovarianceTest {

  @Test
  void shouldShrinkByTheAmountOfLedoitAndWolf() {
    Random random = new Random(2);
    List<double[]> rows = new ArrayList<>();
    Covariance covariance = new Covariance(3);
    for (int i = 0; i < 40; i++) {
      double[] row = {
        random.nextGaussian(), 2 * random.nextGaussian(), 0.5 * random.nextGaussian()
      };
      rows.add(row);
      covariance.add(row);
    }
    double[][] plain = plain(rows);
    double mu = (plain[0][0] + plain[1][1] + plain[2][2]) / 3;
    double spread = 0;
    double noise = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        spread += Math.pow(plain[i][j] - (i == j ? mu : 0), 2);
        for (double[] row : rows) {
          noise += Math.pow(row[i] * row[j] - plain[i][j], 2) / (40.0 * 40.0);
        }
      }
    }
    double share = noise / spread;
    assertThat(share).isBetween(0.01, 0.5);
    assertThat(covariance.shrinkage()).isCloseTo(share, within(1e-12));
    double[][] shrunk = covariance.shrunk();
    assertThat(shrunk[1][0]).isCloseTo((1 - share) * plain[1][0], within(1e-12));
    assertThat(shrunk[1][1]).isCloseTo((1 - share) * plain[1][1] + share * mu, within(1e-12));
  }

  @Test
  void shouldBeInvertibleHoweverFewTheVectors() {
    Covariance one = new Covariance(4);
    one.add(new double[] {1, 2, 0, 0});
    assertThat(Cholesky.of(one.shrunk()).size()).isEqualTo(4);
    Covariance still = new Covariance(2);
    still.add(new double[2]);
    assertThat(still.shrunk()[1]).containsExactly(0, 1);
    assertThatIllegalStateException().isThrownBy(() -> new Covariance(2).shrunk());
  }

  private static double[][] plain(List<double[]> rows) {
    double[][] plain = new double[3][3];
    for (double[] row : rows) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          plain[i][j] += row[i] * row[j] / rows.size();
        }
      }
    }
    return plain;
  }
}
