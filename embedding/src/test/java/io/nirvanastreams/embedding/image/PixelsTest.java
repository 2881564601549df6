package io.nirvanastreams.embedding.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelsTest {
  private static final InputShape COLOUR = new InputShape(3, 6, 9);
  private static final byte[] IMAGE = new byte[COLOUR.size()];

  static {
    new Random(1).nextBytes(IMAGE);
  }

  @Test
  void shouldAgreeWithTheDecoder() throws UndecodableImageException {
    byte[] png = ImageEncoder.png(IMAGE, COLOUR);
    Crop part = new Crop(2, 1, 5, 4);
    for (InputShape to : List.of(new InputShape(1, 4, 4), new InputShape(3, 11, 3), COLOUR)) {
      assertThat(Pixels.convert(IMAGE, COLOUR, to))
          .isEqualTo(new ImageDecoder().decode(png, to, null));
      assertThat(Pixels.convert(IMAGE, COLOUR, part, to))
          .isEqualTo(new ImageDecoder().decode(png, to, part));
    }
  }

  @Test
  void shouldRepeatGreyInEveryColour() {
    byte[] grey = {10, 20};

    assertThat(Pixels.convert(grey, new InputShape(1, 1, 2), new InputShape(3, 1, 2)))
        .containsExactly(10, 10, 10, 20, 20, 20);
  }

  @Test
  void shouldRefuseWhatIsNotInTheImage() {
    assertThatThrownBy(() -> Pixels.convert(new byte[3], COLOUR, new InputShape(1, 2, 2)))
        .hasMessageContaining("3 bytes");
    assertThatThrownBy(() -> Pixels.convert(IMAGE, COLOUR, new Crop(8, 0, 2, 2), COLOUR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside");
  }
}
