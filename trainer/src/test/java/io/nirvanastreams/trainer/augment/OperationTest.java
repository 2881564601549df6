package io.nirvanastreams.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {
  private static final InputShape GREY = new InputShape(1, 4, 4);
  private static final InputShape COLOUR = new InputShape(3, 8, 10);

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] noise() {
    byte[] image = new byte[COLOUR.size()];
    new Random(5).nextBytes(image);
    return image;
  }

  @ParameterizedTest
  @EnumSource
  void shouldLeaveTheGivenImageAndDoNothingWithoutStrength(Operation operation) {
    byte[] image = noise();

    byte[] weak = operation.apply(image, COLOUR, 0);
    byte[] strong = operation.apply(image, COLOUR, 1);

    assertThat(image).isEqualTo(noise());
    if (operation != Operation.AUTO_CONTRAST && operation != Operation.SOLARIZE) {
      assertThat(weak).isEqualTo(image);
    }
    // So few pixels are as even as they can be.
    if (operation != Operation.IDENTITY && operation != Operation.EQUALIZE) {
      assertThat(strong).hasSameSizeAs(image).isNotEqualTo(image);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SHEAR_X",
        "SHEAR_Y",
        "TRANSLATE_X",
        "TRANSLATE_Y",
        "ROTATE",
        "BRIGHTNESS",
        "CONTRAST",
        "COLOUR",
        "SHARPNESS"
      })
  void shouldGoEitherWay(Operation operation) {
    assertThat(operation.apply(noise(), COLOUR, -0.7))
        .isNotEqualTo(operation.apply(noise(), COLOUR, 0.7));
  }

  @Test
  void shouldMovePixelsAndFillWithBlack() {
    byte[] image = bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);

    // 150 / 331 of 4 pixels is 1.8, cut off to 1.
    assertThat(Operation.TRANSLATE_X.apply(image, GREY, 1))
        .containsExactly(0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 13, 14, 15);
    assertThat(Operation.TRANSLATE_Y.apply(image, GREY, -1))
        .containsExactly(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0, 0, 0, 0);
    // The last row looks 0.3 * 3.5 to the right, the third 0.3 * 2.5.
    assertThat(Operation.SHEAR_X.apply(image, GREY, 1))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 0, 14, 15, 16, 0);
    assertThat(Warp.rotate(image, GREY, 90))
        .containsExactly(4, 8, 12, 16, 3, 7, 11, 15, 2, 6, 10, 14, 1, 5, 9, 13);
  }

  @Test
  void shouldBlendWithADullerImage() {
    byte[] image = bytes(100, 200, 60, 40);
    InputShape shape = new InputShape(1, 2, 2);

    assertThat(Tones.brightness(image, 1.5)).isEqualTo(bytes(150, 255, 90, 60));
    assertThat(Tones.contrast(image, shape, 0.5)).isEqualTo(bytes(100, 150, 80, 70));
    assertThat(Tones.colour(bytes(200, 0, 0), new InputShape(3, 1, 1), 0))
        .isEqualTo(bytes(60, 60, 60));
    byte[] spot = new byte[9];
    spot[4] = 52;
    assertThat(Tones.sharpness(spot, new InputShape(1, 3, 3), 0))
        .containsExactly(0, 0, 0, 0, 20, 0, 0, 0, 0);
  }

  @Test
  void shouldReplaceLevels() {
    byte[] image = bytes(10, 20, 30, 255);
    InputShape shape = new InputShape(1, 2, 2);

    assertThat(Levels.posterize(bytes(0xff, 0x5b), 4)).isEqualTo(bytes(0xf0, 0x50));
    assertThat(Levels.solarize(image, 30)).isEqualTo(bytes(10, 20, 225, 0));
    assertThat(Levels.autoContrast(bytes(50, 100, 150, 50), shape))
        .isEqualTo(bytes(0, 128, 255, 0));
    assertThat(Levels.autoContrast(bytes(7, 7, 7, 7), shape)).isEqualTo(bytes(7, 7, 7, 7));
  }

  @Test
  void shouldSpreadLevelsEvenly() {
    InputShape shape = new InputShape(1, 32, 32);
    byte[] image = new byte[shape.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (100 + i % 4);
    }

    // 768 pixels are below the highest level: a step of 3, and 256 pixels a level.
    assertThat(Levels.equalize(image, shape)).startsWith(bytes(0, 85, 171, 255));
  }
}
