package io.nirvanastreams.embedding.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {
  private static final InputShape DIGIT = new InputShape(1, 28, 28);
  private static final InputShape COLOUR = new InputShape(3, 32, 32);

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void shouldGivePngsOfTheRightSizeBackBitForBit() throws Exception {
    for (InputShape shape : new InputShape[] {DIGIT, COLOUR, new InputShape(1, 16, 256)}) {
      byte[] pixels = new byte[shape.size()];
      new Random(1).nextBytes(pixels);

      assertThat(decoder.decode(ImageEncoder.png(pixels, shape), shape, null)).isEqualTo(pixels);
    }
  }

  @Test
  void shouldDecodeGreyAndColourJpegs() throws Exception {
    for (InputShape shape : new InputShape[] {DIGIT, COLOUR}) {
      byte[] pixels = new byte[shape.size()];
      Arrays.fill(pixels, (byte) 180);

      byte[] decoded = decoder.decode(ImageEncoder.jpeg(pixels, shape, 0.9f), shape, null);

      for (byte value : decoded) {
        assertThat(value & 0xFF).isBetween(178, 182);
      }
    }
  }

  @Test
  void shouldConvertBetweenGreyAndColour() throws Exception {
    InputShape grey = new InputShape(1, 1, 1);
    InputShape colour = new InputShape(3, 1, 1);
    byte[] orange = {(byte) 250, (byte) 125, 10};

    assertThat(decoder.decode(ImageEncoder.png(orange, colour), grey, null))
        .containsExactly((byte) Math.round(0.299 * 250 + 0.587 * 125 + 0.114 * 10));
    assertThat(decoder.decode(ImageEncoder.png(new byte[] {77}, grey), colour, null))
        .containsExactly(77, 77, 77);
  }

  @Test
  void shouldAverageOverAreasWhenShrinking() throws Exception {
    byte[] pixels = {0, 100, 40, 60, (byte) 200, 100, 40, 60};
    byte[] png = ImageEncoder.png(pixels, new InputShape(1, 2, 4));

    assertThat(decoder.decode(png, new InputShape(1, 1, 2), null)).containsExactly(100, 50);
    byte[] thirds = ImageEncoder.png(new byte[] {0, 30, 60}, new InputShape(1, 1, 3));
    assertThat(decoder.decode(thirds, new InputShape(1, 1, 2), null)).containsExactly(10, 50);
  }

  @Test
  void shouldInterpolateWhenGrowing() throws Exception {
    byte[] png = ImageEncoder.png(new byte[] {0, 100}, new InputShape(1, 1, 2));

    assertThat(decoder.decode(png, new InputShape(1, 2, 4), null))
        .containsExactly(0, 25, 75, 100, 0, 25, 75, 100);
  }

  @Test
  void shouldCropBeforeResizing() throws Exception {
    byte[] pixels = new byte[DIGIT.size()];
    new Random(2).nextBytes(pixels);
    byte[] png = ImageEncoder.png(pixels, DIGIT);

    byte[] part = decoder.decode(png, new InputShape(1, 2, 3), new Crop(5, 10, 3, 2));
    byte[] edge = decoder.decode(png, new InputShape(1, 1, 1), new Crop(27, 27, 50, 50));

    assertThat(Arrays.copyOf(part, 3)).isEqualTo(Arrays.copyOfRange(pixels, 285, 288));
    assertThat(Arrays.copyOfRange(part, 3, 6)).isEqualTo(Arrays.copyOfRange(pixels, 313, 316));
    assertThat(edge).containsExactly(pixels[DIGIT.size() - 1]);
    assertUndecodable(png, new Crop(28, 0, 1, 1), "outside the image of 28x28");
  }

  @Test
  void shouldReadPalettesAlphaAndSixteenBits() throws Exception {
    InputShape one = new InputShape(3, 1, 1);
    BufferedImage palette = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(0, 0, 0xFFFF0000);
    assertThat(decoder.decode(png(palette), one, null)).containsExactly(255, 0, 0);

    BufferedImage clear = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, 0x00123456);
    assertThat(decoder.decode(png(clear), one, null)).containsExactly(255, 255, 255);

    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 128 * 257);
    assertThat(decoder.decode(png(deep), new InputShape(1, 1, 1), null)).containsExactly(128);

    BufferedImage bits = new BufferedImage(8, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(3, 0, 0xFFFFFFFF);
    assertThat(decoder.decode(png(bits), new InputShape(1, 1, 8), null))
        .containsExactly(0, 0, 0, 255, 0, 0, 0, 0);
  }

  @Test
  void shouldShrinkALargePhotograph() throws Exception {
    BufferedImage photograph = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = photograph.createGraphics();
    graphics.setColor(Color.BLUE);
    graphics.fillRect(320, 0, 320, 480);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(photograph, "jpg", bytes);

    byte[] decoded = decoder.decode(bytes.toByteArray(), COLOUR, null);

    assertThat(decoded[2] & 0xFF).isLessThan(5);
    assertThat(decoded[31 * 3 + 2] & 0xFF).isGreaterThan(250);
  }

  @Test
  void shouldReadTheSizeBeforeItTakesMemory() throws IOException {
    byte[] png = ImageEncoder.png(new byte[DIGIT.size()], DIGIT);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 40_000).putInt(20, 40_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());

    assertUndecodable(png, null, "too large: 40000x40000");
  }

  @Test
  void shouldRefuseTooManyBytesAndPixels() {
    byte[] png = ImageEncoder.png(new byte[DIGIT.size()], DIGIT);

    assertThatThrownBy(
            () -> new ImageDecoder(new ImageLimits(1 << 20, 783, 100, 1)).decode(png, DIGIT, null))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageContaining("28x28, allowed are 783 pixels");
    assertThatThrownBy(
            () -> new ImageDecoder(new ImageLimits(20, 784, 100, 1)).decode(png, DIGIT, null))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageContaining("allowed are 20");
  }

  @Test
  void shouldRefuseWhatIsNoImage() {
    assertUndecodable(new byte[0], null, "empty");
    assertUndecodable("RIFF tide".getBytes(StandardCharsets.US_ASCII), null, "neither");
    assertUndecodable(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, null, "damaged jpeg");
  }

  @Test
  void shouldRefuseFilesThatBreakOff() {
    byte[] pixels = new byte[COLOUR.size()];
    new Random(3).nextBytes(pixels);
    for (byte[] file :
        new byte[][] {ImageEncoder.png(pixels, COLOUR), ImageEncoder.jpeg(pixels, COLOUR, 0.9f)}) {
      for (int length : new int[] {8, 40, file.length / 2, file.length * 3 / 4}) {
        assertUndecodable(Arrays.copyOf(file, length), null, "damaged");
      }
    }
  }

  @Test
  void shouldAnswerAnyDamageWithAnImageOrARefusal() {
    byte[] pixels = new byte[COLOUR.size()];
    new Random(4).nextBytes(pixels);
    Random random = new Random(5);
    byte[][] files = {ImageEncoder.png(pixels, COLOUR), ImageEncoder.jpeg(pixels, COLOUR, 0.9f)};
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      byte[] damaged = files[round % 2].clone();
      for (int i = 0; i < 5; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(decoder.decode(damaged, COLOUR, null)).hasSize(COLOUR.size());
      } catch (UndecodableImageException e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(300);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void shouldServeManyThreadsAtOnce() throws Exception {
    byte[] pixels = new byte[COLOUR.size()];
    new Random(6).nextBytes(pixels);
    byte[] png = ImageEncoder.png(pixels, COLOUR);
    byte[] jpeg = ImageEncoder.jpeg(pixels, COLOUR, 0.8f);
    byte[] expected = decoder.decode(jpeg, COLOUR, null);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<byte[]>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        byte[] file = i % 2 == 0 ? png : jpeg;
        calls.add(threads.submit(() -> decoder.decode(file, COLOUR, null)));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(calls.get(i).get()).isEqualTo(i % 2 == 0 ? pixels : expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private void assertUndecodable(byte[] encoded, Crop crop, String reason) {
    assertThatThrownBy(() -> decoder.decode(encoded, DIGIT, crop))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageContaining(reason);
  }
}
