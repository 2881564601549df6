package io.nirvanastreams.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.augment.Mixing.Mixed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MixingTest {
  private static final InputShape SHAPE = new InputShape(3, 8, 8);
  private static final int[] LABELS = {0, 1, 2, 3, 4, 5, 6, 7};

  /** Image i is of the value 30 i all over, so that its mean tells what it was made of. */
  private static List<byte[]> images() {
    List<byte[]> images = new ArrayList<>();
    for (int label : LABELS) {
      byte[] image = new byte[SHAPE.size()];
      Arrays.fill(image, (byte) (30 * label));
      images.add(image);
    }
    return images;
  }

  private static double mean(byte[] image) {
    double sum = 0;
    for (byte value : image) {
      sum += value & 0xff;
    }
    return sum / image.length;
  }

  private static void assertMadeOfBoth(Mixed mixed, double tolerance) {
    for (int label : LABELS) {
      double wanted =
          30 * (mixed.weight() * label + (1 - mixed.weight()) * mixed.secondLabels()[label]);
      assertThat(mean(mixed.images().get(label))).isCloseTo(wanted, within(tolerance));
    }
    assertThat(mixed.secondLabels()).containsExactlyInAnyOrder(LABELS);
  }

  @Test
  void shouldBlendByTheWeightOfTheLabels() {
    for (int seed = 0; seed < 20; seed++) {
      Mixed mixed = new Mixing(1, 0).apply(images(), LABELS, SHAPE, new Random(seed));

      assertMadeOfBoth(mixed, 0.51);
    }
  }

  @Test
  void shouldPasteByTheWeightOfTheLabels() {
    boolean both = false;
    for (int seed = 0; seed < 20; seed++) {
      Mixed mixed = new Mixing(0, 1).apply(images(), LABELS, SHAPE, new Random(seed));

      assertMadeOfBoth(mixed, 1e-9);
      both |= mixed.weight() > 0.2 && mixed.weight() < 0.8;
      for (byte[] image : mixed.images()) {
        assertThat(image).satisfies(i -> assertThat(values(i)).hasSizeLessThanOrEqualTo(2));
      }
    }
    assertThat(both).isTrue();
  }

  private static List<Byte> values(byte[] image) {
    List<Byte> all = new ArrayList<>();
    for (byte value : image) {
      if (!all.contains(value)) {
        all.add(value);
      }
    }
    return all;
  }

  @Test
  void shouldTakeEitherWhenBothAreOn() {
    int pasted = 0;
    for (int seed = 0; seed < 40; seed++) {
      Mixed mixed = new Mixing(1, 1).apply(images(), LABELS, SHAPE, new Random(seed));
      boolean whole = mixed.images().stream().allMatch(image -> values(image).size() == 1);
      pasted += whole ? 0 : 1;
    }
    assertThat(pasted).isBetween(8, 32);
  }

  @Test
  void shouldLeaveTheImagesItIsGivenAndDependOnTheSeedOnly() {
    List<byte[]> images = images();
    Mixing mixing = new Mixing(0.2, 1);

    Mixed first = mixing.apply(images, LABELS, SHAPE, new Random(4));
    Mixed second = mixing.apply(images, LABELS, SHAPE, new Random(4));

    assertThat(first.weight()).isEqualTo(second.weight());
    assertThat(first.images().get(3)).isEqualTo(second.images().get(3));
    assertThat(images.get(3)).containsOnly(90);
  }

  @Test
  void shouldDrawSharesOfTheBetaDistribution() {
    for (double alpha : new double[] {0.2, 1, 4}) {
      Random random = new Random(2);
      double sum = 0;
      double squares = 0;
      int count = 20_000;
      for (int i = 0; i < count; i++) {
        double share = Beta.draw(alpha, random);
        sum += share;
        squares += (share - 0.5) * (share - 0.5);
      }
      assertThat(sum / count).isCloseTo(0.5, within(0.01));
      assertThat(squares / count).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.004));
    }
  }

  @Test
  void shouldRefuseNonsense() {
    assertThatThrownBy(() -> new Mixing(-1, 0)).hasMessageContaining("alpha of mixup is -1");
    assertThatThrownBy(() -> new Mixing(0, Double.NaN)).hasMessageContaining("cutmix");
    assertThatThrownBy(() -> Mixing.NONE.apply(images(), LABELS, SHAPE, new Random(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
