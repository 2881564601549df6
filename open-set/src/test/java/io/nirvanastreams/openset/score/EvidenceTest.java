package io.nirvanastreams.openset.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvidenceTest {

  private static final float[][] CENTRES = {{3, 0}, {0, 4}, {-3, 0}};

  @Test
  void shouldMeasureDistancesAndCosines() {
    Evidence e = Evidence.of(new float[] {3, 4}, new float[] {1}, CENTRES);
    assertThat(e.squaredDistances()).containsExactly(16, 9, 52);
    assertThat(e.cosines()).containsExactly(new double[] {0.6, 0.8, -0.6}, within(1e-12));
    assertThat(e.nearest()).isEqualTo(1);
    assertThat(e.nearest(2)).containsExactly(1, 0);
    assertThat(e.nearest(9)).containsExactly(1, 0, 2);
  }

  @Test
  void shouldPreferTheLowerIndexAmongEqualDistances() {
    Evidence e = Evidence.of(new float[] {0, 0}, new float[] {1}, CENTRES);
    assertThat(e.nearest()).isZero();
    assertThat(e.nearest(3)).containsExactly(0, 2, 1);
    assertThat(e.cosines()).containsExactly(0, 0, 0);
  }

  @Test
  void shouldRefuseWhatCannotBeMeasured() {
    float[] good = {1, 2};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evidence.of(new float[] {Float.NaN, 0}, good, CENTRES));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evidence.of(new float[] {1}, good, CENTRES));
    assertThatIllegalArgumentException().isThrownBy(() -> Evidence.of(good, good, new float[0][]));
  }
}
