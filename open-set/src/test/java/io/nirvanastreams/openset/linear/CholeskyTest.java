package io.nirvanastreams.openset.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CholeskyTest {
  private static final Offset<Double> ROUNDING = within(1e-9);

  @Test
  void shouldFactoriseByHand() {
    // L = (2 0; 1 3)
    Cholesky factor = Cholesky.of(new double[][] {{4, 2}, {2, 10}});
    assertThat(factor.solveLower(new double[] {2, 4})).containsExactly(1, 1);
    assertThat(factor.solveUpper(new double[] {3, 3})).containsExactly(1, 1);
    assertThat(factor.solve(new double[] {4, 2})).containsExactly(new double[] {1, 0}, ROUNDING);
    assertThat(factor.size()).isEqualTo(2);
  }

  @Test
  void shouldInvert() {
    Random random = new Random(1);
    int n = 12;
    double[][] matrix = new double[n][n];
    for (int v = 0; v < 2 * n; v++) {
      double[] vector = random.doubles(n, -1, 1).toArray();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          matrix[i][j] += vector[i] * vector[j];
        }
      }
    }
    double[][] inverse = Cholesky.of(matrix).inverse();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += matrix[i][k] * inverse[k][j];
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, ROUNDING);
      }
    }
  }

  @Test
  void shouldRefuseWhatIsNotPositiveDefinite() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cholesky.of(new double[][] {{1, 2}, {2, 1}}))
        .withMessageContaining("pivot 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cholesky.of(new double[][] {{Double.NaN}}));
  }
}
