package io.nirvanastreams.embedding.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.nirvanastreams.embedding.image.header.ImageFormat;
import io.nirvanastreams.embedding.image.header.ImageHeader;
import io.nirvanastreams.embedding.model.InputShape;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large and odd images, against pixels that are known by construction. */
class CorpusTest {
  private static final ImageDecoder DECODER = new ImageDecoder();

  /** Around the edges of its fields a lossy file may differ. */
  private static final int EDGE = 3;

  static Stream<String> accepted() {
    return names(false);
  }

  static Stream<String> refused() {
    return names(true);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void shouldShowThePictureUprightWhateverTheFormat(String name) throws Exception {
    String[] expected = Corpus.expectations().get(name).split(" ", 2);
    boolean grey = expected[0].equals("grey");
    int tolerance = Integer.parseInt(expected[1]);
    InputShape shape = grey ? Corpus.GREY : Corpus.COLOUR;

    byte[] pixels = DECODER.decode(Corpus.file(name), shape, null);

    int edge = tolerance > 1 ? EDGE : 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        if (inside(x, y, edge)) {
          assertPixel(pixels, shape, x, y, tolerance);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldRefuseWithAReason(String name) {
    String reason = Corpus.expectations().get(name).substring("refused ".length());

    assertThatThrownBy(() -> DECODER.decode(Corpus.file(name), Corpus.COLOUR, null))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageStartingWith(reason);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void shouldNeverShowHalfAnImage(String name) throws Exception {
    byte[] file = Corpus.file(name);
    byte[] whole = DECODER.decode(file, Corpus.COLOUR, null);

    for (int length = 0; length < file.length; length += 1 + file.length / 500) {
      byte[] part = Arrays.copyOf(file, length);
      byte[] shown = decodedOrNull(part);
      assertThat(shown == null || Arrays.equals(shown, whole))
          .as("first %d bytes", length)
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"huge.jpg", "huge.png", "huge.gif", "huge.bmp"})
  void shouldTakeNoMemoryForWhatAHeaderClaims(String name) throws Exception {
    byte[] file = Corpus.file(name);
    ImageDecoder tiny = new ImageDecoder(new ImageLimits(1 << 20, 1, 100, 1));
    refuse(DECODER, file);

    // Beside the classes that are loaded by now: the header, the exception and its words.
    assertThat(allocated(() -> refuse(DECODER, file))).isLessThan(16 * 1024);
    assertThat(allocated(() -> refuse(tiny, Corpus.file("colour.png")))).isLessThan(64 * 1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text-bomb.png", "colour.png"})
  void shouldTakeMemoryForPixelsOnly(String name) throws Exception {
    byte[] file = Corpus.file(name);
    DECODER.decode(file, Corpus.COLOUR, null);

    assertThat(allocated(() -> DECODER.decode(file, Corpus.COLOUR, null))).isLessThan(1 << 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void shouldCropTheImageAsItIsSeen(int tag) throws Exception {
    byte[] file = Corpus.file("orientation-" + tag + ".jpg");
    InputShape shape = new InputShape(3, 2, 3);

    byte[] pixels = DECODER.decode(file, shape, new Crop(17, 3, 3, 2));

    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i] & 0xFF).isCloseTo(Corpus.seen(17, 3)[i % 3], within(8));
    }
    assertThatThrownBy(() -> DECODER.decode(file, shape, new Crop(0, 16, 3, 2)))
        .hasMessageContaining("outside the image of 24x16");
  }

  @ParameterizedTest
  @ValueSource(strings = {"huge.jpg", "huge.png", "huge.gif"})
  void shouldTakeNoMemoryForWhatCannotBeInAFileWhateverTheLimits(String name) throws Exception {
    byte[] file = Corpus.file(name);
    ImageDecoder generous = new ImageDecoder(new ImageLimits(1 << 30, 1L << 30, 100, 1));
    assertThatThrownBy(() -> generous.decode(file, Corpus.COLOUR, null))
        .hasMessageContaining("30000x30000 pixels cannot be in");

    assertThat(
            allocated(() -> assertThatThrownBy(() -> generous.decode(file, Corpus.COLOUR, null))))
        .isLessThan(1 << 20);
  }

  @Test
  void shouldReadWhatAFileSaysOfItself() throws Exception {
    ImageHeader animated = ImageHeader.read(ImageFormat.GIF, Corpus.file("animated.gif"));
    ImageHeader pages = ImageHeader.read(ImageFormat.TIFF, Corpus.file("pages.tif"));
    ImageHeader turned = ImageHeader.read(ImageFormat.WEBP, Corpus.file("orientation-8.webp"));
    ImageHeader inks = ImageHeader.read(ImageFormat.JPEG, Corpus.file("cmyk.jpg"));

    assertThat(animated.frames()).isEqualTo(2);
    assertThat(pages.frames()).isEqualTo(2);
    assertThat(turned.width()).isEqualTo(16);
    assertThat(turned.seenWidth()).isEqualTo(24);
    assertThat(inks.components()).isEqualTo(4);
    assertThat(ImageHeader.read(ImageFormat.WEBP, Corpus.file("animated.webp")).frames())
        .isEqualTo(2);
    assertThat(ImageHeader.read(ImageFormat.PNG, Corpus.file("animated.png")).frames())
        .isEqualTo(2);
  }

  @Test
  void shouldRefuseLimitsThatAllowNothing() {
    assertThatThrownBy(() -> new ImageLimits(0, 1, 1, 1)).hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> new ImageLimits(1, 0, 1, 1)).hasMessageContaining("0 pixels");
    assertThatThrownBy(() -> new ImageLimits(1, 1, 0.5, 1)).hasMessageContaining("0.5");
    assertThatThrownBy(() -> new ImageLimits(1, 1, Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new ImageLimits(1, 1, 1, 0)).hasMessageContaining("0 frames");
  }

  private interface Call {
    void run() throws Exception;
  }

  private static long allocated(Call call) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    call.run();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  private static byte[] decodedOrNull(byte[] file) {
    try {
      return DECODER.decode(file, Corpus.COLOUR, null);
    } catch (UndecodableImageException e) {
      return null;
    }
  }

  private static void refuse(ImageDecoder decoder, byte[] file) {
    try {
      decoder.decode(file, Corpus.COLOUR, null);
    } catch (UndecodableImageException e) {
      assertThat(e.getMessage()).startsWith("too large");
      return;
    }
    throw new AssertionError("not refused");
  }

  private static Stream<String> names(boolean refused) {
    return Corpus.expectations().entrySet().stream()
        .filter(entry -> entry.getValue().startsWith("refused") == refused)
        .map(java.util.Map.Entry::getKey);
  }

  private static boolean inside(int x, int y, int edge) {
    int column = x % 12;
    int row = y % 8;
    return column >= edge && column < 12 - edge && row >= edge && row < 8 - edge;
  }

  private static void assertPixel(byte[] pixels, InputShape shape, int x, int y, int tolerance) {
    int[] seen = Corpus.seen(x, y);
    int[] expected =
        shape.channels() == 3 ? seen : new int[] {PixelRows.grey(seen[0], seen[1], seen[2])};
    for (int channel = 0; channel < expected.length; channel++) {
      int value = pixels[(y * shape.width() + x) * expected.length + channel] & 0xFF;
      assertThat(value)
          .as("channel %d at %d,%d", channel, x, y)
          .isCloseTo(expected[channel], within(tolerance));
    }
  }
}
