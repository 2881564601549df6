package io.nirvanastreams.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundReaderTest {
  private static final InputShape COLOUR = new InputShape(3, 2, 2);
  private static final String HEADER = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }";

  @TempDir Path folder;

  private Path put(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /** As numpy.save writes it, padded to 64 bytes; image i is of the value i all over. */
  private static byte[] npy(int version, String header, int images, int size) {
    int before = version == 1 ? 10 : 12;
    int length = (before + header.length() + 1 + 63) / 64 * 64 - before;
    ByteBuffer file = ByteBuffer.allocate(before + length + images * size);
    file.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93);
    file.put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) length);
    } else {
      file.putInt(length);
    }
    String padded = header + " ".repeat(length - header.length() - 1) + "\n";
    file.put(padded.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < images * size; i++) {
      file.put((byte) (i / size));
    }
    return file.array();
  }

  private static byte[] images(int version, int count) {
    String header = HEADER.formatted("|u1", "False", "(" + count + ", 2, 2, 3)");
    return npy(version, header, count, COLOUR.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldReadNumPyFilesOfEveryVersion(int version) throws IOException {
    Path file = put("random.npy", images(version, 5));

    ImageSet set = BackgroundReader.read(file, COLOUR, 100, 1);

    assertThat(set.classes()).containsExactly("background");
    assertThat(set.size()).isEqualTo(5);
    assertThat(set.pixels(4)).containsOnly(4);
    assertThat(DataSource.open(file, null).train().shape()).isEqualTo(COLOUR);
    assertThat(DataSource.open(folder, null).format()).isEqualTo("NumPy");
  }

  @Test
  void shouldChooseBySeedAcrossFilesAndFitTheShape() throws IOException {
    put("a.npy", images(1, 60));
    put("b.npy", images(1, 60));
    InputShape grey = new InputShape(1, 4, 4);

    ImageSet first = BackgroundReader.read(folder, grey, 50, 1);

    assertThat(first.size()).isEqualTo(50);
    assertThat(first.shape()).isEqualTo(grey);
    for (byte[] image : first.pixels()) {
      assertThat(image).containsOnly(image[0]);
    }
    assertThat(BackgroundReader.read(folder, grey, 50, 1).sha256()).isEqualTo(first.sha256());
    assertThat(BackgroundReader.read(folder, grey, 50, 2).sha256()).isNotEqualTo(first.sha256());
    assertThat(BackgroundReader.read(folder, grey, 500, 2).size()).isEqualTo(120);
  }

  @Test
  void shouldReadGreyNumPyFiles() throws IOException {
    byte[] bytes = npy(1, HEADER.formatted("|u1", "False", "(3, 2, 4)"), 3, 8);

    assertThat(BackgroundReader.read(put("grey.npy", bytes), COLOUR, 9, 1).pixels(2))
        .hasSize(12)
        .containsOnly(2);
  }

  @Test
  void shouldSayWhatIsWrongWithNumPyFiles() throws IOException {
    byte[] good = images(1, 3);
    assertRefused("plain text".repeat(3).getBytes(StandardCharsets.US_ASCII), "not a NumPy file");
    assertRefused(new byte[4], "ends too early");
    assertRefused(Arrays.copyOf(good, good.length - 1), "3 images of 3x2x2 have 36");
    assertRefused(npy(1, HEADER.formatted("<f4", "False", "(3, 2, 2, 3)"), 3, 48), "astype");
    assertRefused(npy(1, HEADER.formatted("|u1", "True", "(3, 2, 2, 3)"), 3, 12), "Fortran");
    assertRefused(
        npy(1, HEADER.formatted("|u1", "False", "(3, 12)"), 3, 12), "the shape is (3, 12)");
    assertRefused(npy(1, HEADER.formatted("|u1", "False", "(3, 3, 2, 9)"), 3, 54), "transpose");
    assertRefused(
        npy(1, HEADER.formatted("|u1", "False", "(99999999999, 2, 2)"), 3, 12), "99999999999");
    assertRefused(npy(1, "{'shape': (3, 2, 2, 3)}", 3, 12), "a header without");
    assertRefused(npy(1, HEADER.formatted("[('r', '|u1')]", "False", "(3,)"), 3, 12), "of type");
  }

  private void assertRefused(byte[] bytes, String reason) throws IOException {
    Path file = put("file.npy", bytes);
    assertThatThrownBy(() -> BackgroundReader.read(file, COLOUR, 1, 1))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void shouldTakeImagesInAnyDepthAndNothingElse() throws IOException {
    byte[] png = ImageEncoder.png(new byte[] {1, 2, 3, 4}, new InputShape(1, 2, 2));
    put("a.PNG", png);
    put("deep/er/b.png", png);
    put("deep/notes.txt", new byte[] {1});
    put("deep/.hidden/c.png", new byte[] {1});

    ImageSet set = BackgroundReader.read(folder, COLOUR, 9, 1);

    assertThat(set.size()).isEqualTo(2);
    assertThat(set.pixels(0)).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
    assertThat(BackgroundReader.read(folder, COLOUR, 1, 1).size()).isEqualTo(1);
  }

  @Test
  void shouldTakeAnyDataSetAsBackground() throws IOException {
    byte[] batch = new byte[2 * 3073];
    Arrays.fill(batch, 3073, batch.length, (byte) 7);
    put("data_batch_1.bin", batch);

    ImageSet set = BackgroundReader.read(folder, new InputShape(1, 28, 28), 9, 1);

    assertThat(set.classes()).isEqualTo(List.of("background"));
    assertThat(set.pixels(1)).hasSize(784).containsOnly(7);
  }

  @Test
  void shouldSayWhereThereIsNothing() throws IOException {
    assertThatThrownBy(() -> BackgroundReader.read(folder, COLOUR, 1, 1))
        .hasMessageContaining("has no image");
    assertThatThrownBy(() -> BackgroundReader.read(folder.resolve("absent"), COLOUR, 1, 1))
        .hasMessageContaining("check the path");
  }
}
