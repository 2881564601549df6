package io.nirvanastreams.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final InputShape SQUARE = new InputShape(1, 2, 2);
  private static final byte[] IMAGE = {1, 2, 3, 4};

  @Test
  void shouldShiftAndFillWithBlack() {
    assertThat(Augmentation.shift(IMAGE, SQUARE, 1, 0)).containsExactly(2, 0, 4, 0);
    assertThat(Augmentation.shift(IMAGE, SQUARE, -1, 0)).containsExactly(0, 1, 0, 3);
    assertThat(Augmentation.shift(IMAGE, SQUARE, 0, 1)).containsExactly(3, 4, 0, 0);
    assertThat(Augmentation.shift(IMAGE, SQUARE, -5, 0)).containsOnly(0);
  }

  @Test
  void shouldKeepTheChannelsOfAPixelTogether() {
    InputShape colour = new InputShape(3, 1, 2);
    byte[] image = {1, 2, 3, 4, 5, 6};

    assertThat(Augmentation.flip(image, colour)).containsExactly(4, 5, 6, 1, 2, 3);
    assertThat(Augmentation.shift(image, colour, 1, 0)).containsExactly(4, 5, 6, 0, 0, 0);
  }

  @Test
  void shouldTurnAnticlockwise() {
    assertThat(Augmentation.rotate(IMAGE, SQUARE, 1)).containsExactly(2, 4, 1, 3);
    assertThat(Augmentation.rotate(IMAGE, SQUARE, 2)).containsExactly(4, 3, 2, 1);
    assertThat(Augmentation.rotate(IMAGE, SQUARE, 3)).containsExactly(3, 1, 4, 2);
    assertThatThrownBy(() -> Augmentation.rotate(IMAGE, new InputShape(1, 1, 4), 1))
        .hasMessageContaining("no quarter turns");
  }

  @Test
  void shouldMakeBackgroundsThatAreNoneOfTheImages() {
    Random random = new Random(3);
    byte[] other = {50, 60, 70, 80};
    for (int i = 0; i < 20; i++) {
      assertThat(Backgrounds.mixed(IMAGE, other, SQUARE, random)).isNotIn(IMAGE, other);
      assertThat(Backgrounds.rotated(IMAGE, SQUARE, random)).isNotEqualTo(IMAGE);
    }
  }
}
