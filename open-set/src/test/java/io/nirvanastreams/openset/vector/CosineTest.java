package io.nirvanastreams.openset.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineTest {

  @Test
  void shouldKeepTheDirectionWhenNormalising() {
    assertThat(Cosine.normalised(new float[] {3, 4})).containsExactly(0.6f, 0.8f);
    assertThat(Cosine.normalised(new float[] {0, 0})).containsExactly(0, 0);
  }

  @Test
  void shouldMeasureAngles() {
    assertThat(Cosine.distance(new float[] {1, 0}, new float[] {7, 0})).isEqualTo(0);
    assertThat(Cosine.distance(new float[] {1, 0}, new float[] {0, 3})).isEqualTo(1);
    assertThat(Cosine.distance(new float[] {1, 1}, new float[] {-2, -2}))
        .isCloseTo(2, within(1e-12));
    assertThat(Cosine.similarity(new float[] {0, 0}, new float[] {1, 1})).isEqualTo(0);
  }

  @Test
  void shouldRefuseWhatHasNoDirection() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cosine.normalised(new float[] {1, Float.POSITIVE_INFINITY}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cosine.normalised(new float[] {Float.NaN}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cosine.dot(new float[] {1}, new float[] {1, 2}));
  }
}
