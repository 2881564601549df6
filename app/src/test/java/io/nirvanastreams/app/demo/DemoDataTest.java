package io.nirvanastreams.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.ImageSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDataTest {
  private static final InputShape SHAPE = new InputShape(1, 16, 16);
  private static final List<String> CLASSES = List.of("Coat", "Bag", "Sandal", "Dress");
  private static final ImageSet TRAIN = images(20, 1);
  private static final ImageSet STREAM = images(24, 2);

  @TempDir private Path directory;

  @Test
  void shouldTrainOnKnownClassesOnly() {
    DemoData data = data(List.of("Bag", "Dress"), 1);

    assertThat(data.training().classes()).containsExactly("Coat", "Sandal");
    assertThat(data.training().size()).isEqualTo(10);
    assertThat(data.heldOut()).containsExactly("Bag", "Dress");
  }

  @Test
  void shouldStreamAllImagesOfAllClassesUnaltered() throws UndecodableImageException {
    Map<ByteBuffer, String> truths = new HashMap<>();
    for (int i = 0; i < STREAM.size(); i++) {
      truths.put(ByteBuffer.wrap(STREAM.pixels(i)), CLASSES.get(STREAM.label(i)));
    }
    DemoData data = data(List.of("Bag", "Dress"), 1);

    assertThat(data.frames()).hasSize(STREAM.size());
    assertThat(data.frames()).extracting(Frame::truth).contains(CLASSES.toArray(String[]::new));
    List<Frame> lossless = ofType(data, "image/png");
    assertThat(lossless).hasSize(12);
    for (Frame frame : lossless) {
      byte[] decoded = new ImageDecoder().decode(frame.bytes(), SHAPE, null);
      assertThat(truths.remove(ByteBuffer.wrap(decoded))).isEqualTo(frame.truth());
    }
    for (Frame frame : ofType(data, "image/jpeg")) {
      assertThat(new ImageDecoder().decode(frame.bytes(), SHAPE, null)).hasSize(SHAPE.size());
    }
    assertThat(ofType(data, "image/jpeg"))
        .extracting(Frame::truth)
        .containsExactlyInAnyOrderElementsOf(truths.values());
  }

  @Test
  void shouldOrderTheFramesBySeed() {
    List<Frame> frames = data(List.of("Bag"), 1).frames();

    assertThat(bytes(data(List.of("Bag"), 1).frames())).isEqualTo(bytes(frames));
    assertThat(bytes(data(List.of("Bag"), 2).frames())).isNotEqualTo(bytes(frames));
  }

  @Test
  void shouldRefuseWhatCannotBeHeldOut() {
    assertThatThrownBy(() -> data(List.of("Bag", "Hat"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'Hat'")
        .hasMessageContaining("Coat, Bag, Sandal, Dress");
    assertThatThrownBy(() -> data(List.of("Bag", "Dress", "Coat"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least two classes must stay known");
  }

  @Test
  void shouldHoldOutTheLastClassesOfTheUsersImages() throws IOException {
    writeFolders();

    DemoData data = DemoData.open(settings(List.of()), directory);

    assertThat(data.heldOut()).containsExactly("Dress", "Sandal");
    assertThat(data.training().classes()).containsExactly("Bag", "Coat");
    assertThat(data.training().counts()).containsExactly(3, 3);
    assertThat(data.frames()).hasSize(8);
    assertThat(data.frames())
        .extracting(Frame::truth)
        .containsOnly("Bag", "Coat", "Dress", "Sandal");
    assertThat(data.source()).contains(directory.toString());
  }

  @Test
  void shouldTellTheUserWhichClassIsNotThere() throws IOException {
    writeFolders();

    assertThatThrownBy(() -> DemoData.open(settings(List.of("Hat")), directory))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'Hat'");
  }

  @Test
  void shouldHoldOutTheFixedClassesOfTheBundledImages() throws IOException {
    DemoSettings bundled =
        new DemoSettings(
            null, List.of(), 1, true, false, false, 1, 1, 1, Duration.ofSeconds(1), 0.05, 0);

    DemoData data = DemoData.open(bundled, directory);

    assertThat(data.heldOut()).containsExactlyElementsOf(DemoData.DEFAULT_HOLD_OUT);
    assertThat(data.training().classes())
        .hasSize(6)
        .doesNotContainAnyElementsOf(DemoData.DEFAULT_HOLD_OUT);
    assertThat(data.frames())
        .extracting(Frame::truth)
        .containsAll(DemoData.DEFAULT_HOLD_OUT)
        .containsAll(data.training().classes());
  }

  private static DemoData data(List<String> heldOut, long seed) {
    return DemoData.of(TRAIN, STREAM, heldOut, seed, "test");
  }

  private static List<Frame> ofType(DemoData data, String mediaType) {
    return data.frames().stream().filter(frame -> frame.mediaType().equals(mediaType)).toList();
  }

  private static List<ByteBuffer> bytes(List<Frame> frames) {
    return frames.stream().map(frame -> ByteBuffer.wrap(frame.bytes())).toList();
  }

  private void writeFolders() throws IOException {
    for (int i = 0; i < TRAIN.size(); i++) {
      Path folder = directory.resolve(CLASSES.get(TRAIN.label(i)));
      Files.createDirectories(folder);
      Files.write(folder.resolve(i + ".png"), ImageEncoder.png(TRAIN.pixels(i), SHAPE));
    }
  }

  private DemoSettings settings(List<String> holdOut) {
    return new DemoSettings(
        directory, holdOut, 1, true, false, false, 1, 1, 1, Duration.ofSeconds(1), 0.05, 0);
  }

  private static ImageSet images(int count, long seed) {
    Random random = new Random(seed);
    List<byte[]> pixels = new ArrayList<>();
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      byte[] image = new byte[SHAPE.size()];
      random.nextBytes(image);
      pixels.add(image);
      labels[i] = i % CLASSES.size();
    }
    return new ImageSet(SHAPE, CLASSES, pixels.toArray(byte[][]::new), labels);
  }
}
