package io.nirvanastreams.camera.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.camera.TestFrames;
import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.camera.frame.Picture;
import io.nirvanastreams.embedding.image.Crop;
import io.nirvanastreams.embedding.model.InputShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ShapedFramesTest {
  private final FrameCounts counts = new FrameCounts();

  @Test
  void shouldPassFilesUnaltered() throws Exception {
    byte[] rubbish = {1, 2, 3};
    List<Frame> frames = shaped(FrameShape.UNALTERED, file(rubbish), car(0));

    assertThat(frames)
        .extracting(frame -> frame.picture().bytes())
        .containsExactly(rubbish, TestFrames.cars().get(0));
  }

  @Test
  void shouldLeaveOutWhatDidNotChange() throws Exception {
    Frame[] greys =
        IntStream.of(100, 105, 119, 121, 130, 100, 255)
            .mapToObj(grey -> TestFrames.grey(grey, grey, null))
            .toArray(Frame[]::new);

    assertThat(shaped(motion(0.5), greys))
        .extracting(Frame::name)
        .as("by more than 20 of 255 from the last one sent")
        .containsExactly("100", "121", "100", "255");
    assertThat(counts.unchangedSoFar()).isEqualTo(3);
  }

  @Test
  void shouldCompareTheShareOfPixelsThatChanged() throws Exception {
    assertThat(shaped(motion(0.2), halfBright(0), halfBright(12))).hasSize(2);
    assertThat(shaped(motion(0.3), halfBright(0), halfBright(12))).hasSize(1);
  }

  @Test
  void shouldSeeTheCarsMove() throws Exception {
    assertThat(shaped(motion(0.001), car(0), car(0), car(7))).hasSize(2);
    assertThat(shaped(motion(0.9), car(0), car(7))).hasSize(1);
  }

  @Test
  void shouldCutRegionsOutOfFilesAndPixels() throws Exception {
    FrameShape shape =
        new FrameShape(
            List.of(new Crop(10, 20, 100, 50), new Crop(300, 200, 500, 500)), 0, 0, 0, 0);

    List<Frame> frames = shaped(shape, car(0));

    assertThat(frames)
        .extracting(frame -> frame.attributes().get("region"))
        .containsExactly("10,20,100,50", "300,200,84,16");
    assertThat(size(frames.get(0))).isEqualTo("100x50");
    assertThat(size(frames.get(1))).isEqualTo("84x16");
    BufferedImage whole = image(car(0));
    BufferedImage part = image(frames.get(0));
    assertThat(Math.abs((whole.getRGB(60, 45) & 0xFF) - (part.getRGB(50, 25) & 0xFF)))
        .as("the same pixel but for JPEG's losses")
        .isLessThan(25);
    assertThat(size(shaped(shape(new Crop(4, 4, 8, 6), 0, 0, 0), halfBright(3)).get(0)))
        .isEqualTo("8x6");
  }

  @Test
  void shouldFitLargeImagesIntoASize() throws Exception {
    assertThat(size(shaped(shape(null, 192, 192, 0), car(0)).get(0))).isEqualTo("192x108");
    assertThat(size(shaped(shape(null, 4000, 54, 0), car(0)).get(0))).isEqualTo("96x54");
    assertThat(shaped(shape(null, 400, 400, 0), car(0)).get(0).picture().bytes())
        .as("what is small enough stays as it is")
        .isEqualTo(TestFrames.cars().get(0));
  }

  @Test
  void shouldWriteJpegOfTheQuality() throws Exception {
    int good = shaped(shape(null, 0, 0, 95), car(0)).get(0).picture().bytes().length;
    int poor = shaped(shape(null, 0, 0, 30), car(0)).get(0).picture().bytes().length;

    assertThat(poor).isLessThan(good / 2);
    assertThatThrownBy(() -> shape(null, 0, 0, 101)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldCountWhatCannotBeDecodedThoughItHasToBe() throws Exception {
    byte[] damaged = Arrays.copyOf(TestFrames.cars().get(0), 900);

    assertThat(
            shaped(shape(new Crop(0, 0, 9, 9), 0, 0, 0), file(new byte[9]), file(damaged), car(1)))
        .hasSize(1);
    assertThat(counts.brokenSoFar()).isEqualTo(2);
    assertThat(shaped(shape(new Crop(400, 0, 9, 9), 0, 0, 0), car(1))).isEmpty();
    assertThat(counts.toString()).contains("the region lies outside the image of 384x216");
  }

  private List<Frame> shaped(FrameShape shape, Frame... frames) throws Exception {
    List<Frame> result = new ArrayList<>();
    try (ShapedFrames source = new ShapedFrames(FrameSource.of(List.of(frames)), shape, counts)) {
      for (var frame = source.next(); frame.isPresent(); frame = source.next()) {
        result.add(frame.get());
      }
    }
    return result;
  }

  private static FrameShape motion(double share) {
    return new FrameShape(List.of(), share, 0, 0, 0);
  }

  private static FrameShape shape(Crop region, int width, int height, int quality) {
    return new FrameShape(region == null ? List.of() : List.of(region), 0, width, height, quality);
  }

  private static Frame car(int number) {
    return file(TestFrames.cars().get(number));
  }

  private static Frame file(byte[] bytes) {
    return Frame.ofFile("file", bytes);
  }

  /** Black, with so many of its 48 rows white. */
  private static Frame halfBright(int rows) {
    InputShape shape = new InputShape(3, 48, 64);
    byte[] pixels = new byte[shape.size()];
    Arrays.fill(pixels, 0, rows * 64 * 3, (byte) 255);
    return new Frame("rows", new Picture.Raw(pixels, shape), null, null, Map.of());
  }

  private static String size(Frame frame) throws Exception {
    BufferedImage image = image(frame);
    return image.getWidth() + "x" + image.getHeight();
  }

  private static BufferedImage image(Frame frame) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(frame.picture().bytes()));
  }
}
