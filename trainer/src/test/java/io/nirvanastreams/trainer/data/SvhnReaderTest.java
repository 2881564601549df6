package io.nirvanastreams.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SvhnReaderTest {
  private static final int UINT8_CLASS = 9;
  private static final int DOUBLE_CLASS = 6;
  private static final int CELL_CLASS = 1;

  @TempDir Path folder;

  /** Bytes as MATLAB numbers them: row, column, channel, image. */
  private static byte[] values(int images) {
    byte[] values = new byte[images * 3072];
    new Random(7).nextBytes(values);
    return values;
  }

  private static byte[] images(MatWriter writer, int count) {
    return writer.matrix("X", UINT8_CLASS, MatWriter.UINT8, values(count), 32, 32, 3, count);
  }

  private static byte[] labels(MatWriter writer, int... labels) {
    byte[] values = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = (byte) labels[i];
    }
    return writer.matrix("y", DOUBLE_CLASS, MatWriter.UINT8, values, labels.length, 1);
  }

  private Path put(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static MatWriter little() {
    return new MatWriter(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void shouldReadCompressedAndPlainFilesOfEitherByteOrder() throws IOException {
    MatWriter packed = little();
    packed.compressed(images(packed, 3)).compressed(labels(packed, 10, 1, 9));
    put("train_32x32.mat", packed.toByteArray());
    MatWriter plain = new MatWriter(ByteOrder.BIG_ENDIAN);
    plain.plain(plain.matrix("note", CELL_CLASS, MatWriter.UINT8, new byte[9], 3, 3));
    plain.plain(labels(plain, 5, 2)).plain(images(plain, 2));
    put("test_32x32.mat", plain.toByteArray());

    DataSource source = DataSource.open(folder, null);

    assertThat(source.format()).isEqualTo("SVHN");
    assertThat(source.train().shape()).isEqualTo(new InputShape(3, 32, 32));
    assertThat(source.train().classes()).hasSize(10).startsWith("0", "1");
    assertThat(source.train().labels()).containsExactly(0, 1, 9);
    assertThat(source.test().labels()).containsExactly(5, 2);
    assertThat(source.test().pixels(1)).isEqualTo(source.train().pixels(1));
    int row = 3;
    int column = 30;
    int channel = 2;
    assertThat(source.train().pixels(1)[(row * 32 + column) * 3 + channel])
        .isEqualTo(values(2)[row + 32 * (column + 32 * (channel + 3))]);
  }

  @Test
  void shouldReadLabelsThatAreStoredAsDoubles() throws IOException {
    MatWriter writer = little();
    byte[] labels =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(10).putDouble(3).array();
    writer.plain(writer.matrix("y", DOUBLE_CLASS, MatWriter.DOUBLE, labels, 2, 1));
    writer.plain(images(writer, 2));

    assertThat(SvhnReader.read(put("a.mat", writer.toByteArray())).labels()).containsExactly(0, 3);
  }

  @Test
  void shouldSayWhatIsWrong() throws IOException {
    MatWriter whole = little();
    whole.compressed(images(whole, 2)).compressed(labels(whole, 1, 2));
    byte[] bytes = whole.toByteArray();
    byte[] flipped = bytes.clone();
    flipped[2000] ^= 1;
    byte[] old = bytes.clone();
    old[124] = 3;
    MatWriter few = little();
    few.plain(images(few, 2)).plain(labels(few, 1));
    MatWriter strange = little();
    strange.plain(labels(strange, 1, 11));
    MatWriter faces = little();
    faces.plain(faces.matrix("X", UINT8_CLASS, MatWriter.UINT8, new byte[12], 2, 2, 3));
    MatWriter lying = little();
    lying.plain(lying.matrix("X", UINT8_CLASS, MatWriter.UINT8, new byte[12], 32, 32, 3, 9999));

    assertRefused(new byte[10], "not a MATLAB 5 file");
    assertRefused("PK nothing".repeat(20).getBytes(StandardCharsets.US_ASCII), "v7");
    assertRefused(old, "version 0103");
    assertRefused(Arrays.copyOf(bytes, bytes.length / 2), "ends too early");
    assertRefused(Arrays.copyOf(bytes, bytes.length - 3), "ends too early");
    assertRefused(flipped, "damaged");
    assertRefused(few.toByteArray(), "2 images X and 1 labels y");
    assertRefused(strange.toByteArray(), "label 1 is 11");
    assertRefused(faces.toByteArray(), "X is 2x2x3");
    assertRefused(lying.toByteArray(), "X is 32x32x3x9999 but has 12 bytes");
    assertRefused(little().toByteArray(), "0 images X");
  }

  private void assertRefused(byte[] bytes, String reason) throws IOException {
    Path file = put("file.mat", bytes);
    assertThatThrownBy(() -> SvhnReader.read(file))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void shouldNotPassDamageOfAnyByteAsAnythingButAReason() throws IOException {
    MatWriter writer = little();
    writer.compressed(images(writer, 1)).plain(labels(writer, 1));
    byte[] bytes = writer.toByteArray();
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = bytes.clone();
      damaged[124 + random.nextInt(damaged.length - 124)] = (byte) random.nextInt(256);
      Path file = put("damaged.mat", damaged);
      try {
        assertThat(SvhnReader.read(file).size()).isEqualTo(1);
      } catch (UnusableDataException e) {
        assertThat(e).hasMessageContaining("damaged.mat");
      }
    }
  }
}
