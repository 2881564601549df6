package io.nirvanastreams.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomAugmentationTest {
  private static final InputShape SHAPE = new InputShape(3, 12, 16);

  private static byte[] noise() {
    byte[] image = new byte[SHAPE.size()];
    new Random(5).nextBytes(image);
    return image;
  }

  @Test
  void shouldDependOnTheSeedOnly() {
    ImageAugmentation all =
        new ImageAugmentation(new RandomResizedCrop(0.2), 2, true, new RandAugment(2, 9));
    Set<Integer> seen = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      byte[] image = all.apply(noise(), SHAPE, new Random(seed));
      assertThat(all.apply(noise(), SHAPE, new Random(seed))).isEqualTo(image);
      seen.add(Arrays.hashCode(image));
    }
    assertThat(seen).hasSizeGreaterThan(15);
  }

  @Test
  void shouldLeaveTheImageWhenAllIsOff() {
    byte[] image = noise();

    assertThat(ImageAugmentation.of(0, false).apply(image, SHAPE, new Random(1))).isSameAs(image);
  }

  @Test
  void shouldReadAndWriteRandAugmentAsText() {
    assertThat(RandAugment.parse("2,9")).isEqualTo(new RandAugment(2, 9)).hasToString("2,9");
    assertThat(RandAugment.parse("none")).isEqualTo(RandAugment.NONE).hasToString("none");
    assertThatThrownBy(() -> RandAugment.parse("two")).hasMessageContaining("such as 2,9");
    assertThatThrownBy(() -> RandAugment.parse("2,31")).hasMessageContaining("0 to 30");
    assertThatThrownBy(() -> RandAugment.parse("99,1")).hasMessageContaining("0 to 14");
  }

  @Test
  void shouldCropPartsOfTheWantedArea() {
    // A ramp over the columns: how many values are left says how wide the part was.
    byte[] ramp = new byte[SHAPE.size()];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (i / 3 % 16 * 10);
    }
    boolean narrow = false;
    for (int seed = 0; seed < 50; seed++) {
      byte[] part = new RandomResizedCrop(0.3).apply(ramp, SHAPE, new Random(seed));
      int width = ((part[15 * 3] & 0xff) - (part[0] & 0xff)) / 10;
      assertThat(width).isBetween(5, 15);
      narrow |= width < 10;
    }
    assertThat(narrow).isTrue();
    assertThatThrownBy(() -> new RandomResizedCrop(0)).hasMessageContaining("above 0");
  }
}
