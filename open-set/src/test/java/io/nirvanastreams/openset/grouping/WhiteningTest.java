package io.nirvanastreams.openset.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.openset.score.ReferenceSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WhiteningTest {
  /** Two known classes that differ in axis 0 and vary strongly along axis 1. */
  private static ReferenceSet references() {
    Random random = new Random(5);
    float[][] first = new float[100][];
    float[][] second = new float[100][];
    for (int i = 0; i < 100; i++) {
      first[i] =
          unit(
              1, random.nextGaussian(), 0.05 * random.nextGaussian(), 0.05 * random.nextGaussian());
      second[i] =
          unit(
              -1,
              random.nextGaussian(),
              0.05 * random.nextGaussian(),
              0.05 * random.nextGaussian());
    }
    return new ReferenceSet(List.of(first, second));
  }

  private static float[] unit(double... values) {
    double norm = 0;
    for (double value : values) {
      norm += value * value;
    }
    float[] unit = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      unit[i] = (float) (values[i] / Math.sqrt(norm));
    }
    return unit;
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Test
  void shouldBringTogetherWhatDiffersOnlyAsKnownImagesOfOneClassDo() {
    float[] a = unit(0, 1, 1, 0);
    float[] b = unit(0, -1, 1, 0);
    float[] other = unit(0, 1, 0, 1);
    Whitening whitening = Whitening.fit(references());

    double alike = cosine(whitening.embed(a), whitening.embed(b));
    double different = cosine(whitening.embed(a), whitening.embed(other));

    assertThat(cosine(a, b)).as("before").isLessThan(cosine(a, other));
    assertThat(alike).isGreaterThan(different + 0.3);
  }

  @Test
  void shouldGiveUnitLengthWhateverTheLengthOfTheRepresentation() {
    Whitening whitening = Whitening.fit(references());
    float[] embedding = whitening.embed(new float[] {1, 2, 3, 4});

    assertThat(cosine(embedding, embedding)).isCloseTo(1, within(1e-6));
    assertThat(whitening.embed(new float[] {10, 20, 30, 40}))
        .containsExactly(embedding, within(1e-5f));
  }

  @Test
  void shouldSayWhatIsWrongWithItsInput() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Whitening.fit(ReferenceSet.EMPTY))
        .withMessageContaining("needs stored references");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Whitening.fit(references()).embed(new float[3]))
        .withMessageContaining("3 values");
  }

  @Test
  void shouldBearReferencesThatAreAllAlike() {
    float[][] same = {unit(1, 0), unit(1, 0)};
    float[] embedding =
        Whitening.fit(new ReferenceSet(List.<float[][]>of(same))).embed(new float[] {0, 1});

    assertThat(cosine(embedding, embedding)).isCloseTo(1, within(1e-6));
  }
}
