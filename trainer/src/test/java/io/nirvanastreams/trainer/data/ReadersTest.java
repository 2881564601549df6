package io.nirvanastreams.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
  @TempDir Path folder;

  private static byte[] idxImages(int count, int height, int width) {
    ByteBuffer buffer = ByteBuffer.allocate(16 + count * height * width);
    buffer.putInt(0x803).putInt(count).putInt(height).putInt(width);
    for (int i = 0; i < count * height * width; i++) {
      buffer.put((byte) (200 + i));
    }
    return buffer.array();
  }

  private static byte[] idxLabels(int... labels) {
    ByteBuffer buffer = ByteBuffer.allocate(8 + labels.length);
    buffer.putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      buffer.put((byte) label);
    }
    return buffer.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] cifar(int labelBytes, int... labels) {
    ByteBuffer buffer = ByteBuffer.allocate(labels.length * (labelBytes + 3072));
    for (int label : labels) {
      if (labelBytes == 2) {
        buffer.put((byte) 19);
      }
      buffer.put((byte) label);
      for (int plane = 1; plane <= 3; plane++) {
        byte[] bytes = new byte[1024];
        Arrays.fill(bytes, (byte) (plane * 50));
        bytes[1] = (byte) plane;
        buffer.put(bytes);
      }
    }
    return buffer.array();
  }

  private Path put(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  @Test
  void shouldReadIdxPlainAndPacked() throws IOException {
    put("train-images-idx3-ubyte", idxImages(3, 2, 4));
    put("train-labels-idx1-ubyte", idxLabels(1, 0, 1));
    put("t10k-images-idx3-ubyte.gz", gzip(idxImages(1, 2, 4)));
    put("t10k-labels-idx1-ubyte.gz", gzip(idxLabels(0)));
    put("classes.txt", "boot\nbag\n".getBytes(StandardCharsets.UTF_8));

    DataSource source = DataSource.open(folder, null);

    assertThat(source.format()).isEqualTo("IDX");
    assertThat(source.train().shape()).isEqualTo(new InputShape(1, 2, 4));
    assertThat(source.train().classes()).containsExactly("boot", "bag");
    assertThat(source.train().labels()).containsExactly(1, 0, 1);
    assertThat(source.train().pixels(1)).startsWith((byte) 208, (byte) 209);
    assertThat(source.test().size()).isEqualTo(1);
  }

  @Test
  void shouldSayWhatIsWrongWithIdxFiles() throws IOException {
    Path images = put("images", idxImages(2, 2, 2));
    Path labels = put("labels", idxLabels(1, 0, 1));
    Path cut = put("cut", Arrays.copyOf(idxImages(3, 2, 2), 20));
    Path huge =
        put(
            "huge",
            ByteBuffer.allocate(16)
                .putInt(0x803)
                .putInt(3)
                .putInt(1 << 30)
                .putInt(1 << 30)
                .array());

    assertThatThrownBy(() -> IdxReader.read(images, labels, List.of()))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("2 images but 3 labels");
    assertThatThrownBy(() -> IdxReader.read(labels, images, List.of()))
        .hasMessageContaining("order of the files");
    assertThatThrownBy(() -> IdxReader.read(cut, labels, List.of()))
        .hasMessageContaining("ends too early");
    byte[] packed = gzip(idxImages(3, 2, 2));
    // Behind the header: a kind of block that does not exist.
    packed[10] = (byte) 0xff;
    Path bad = put("bad.gz", packed);
    assertThatThrownBy(() -> IdxReader.read(bad, labels, List.of()))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("the file is damaged");
    assertThatThrownBy(() -> IdxReader.read(huge, labels, List.of()))
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> IdxReader.read(put("three", idxImages(3, 2, 2)), labels, List.of("a")))
        .hasMessageContaining("label 1 has no name");
  }

  @Test
  void shouldReadLabelsOfSixteenAndThirtyTwoBits() throws IOException {
    put("omni-small-images-idx3-ubyte.gz", gzip(idxImages(3, 2, 2)));
    put(
        "omni-small-labels-idx1-short.gz",
        gzip(
            ByteBuffer.allocate(14)
                .putInt(0xB01)
                .putInt(3)
                .putShort((short) 300)
                .putShort((short) 0)
                .putShort((short) 2)
                .array()));
    put("test-images-idx3-ubyte", idxImages(1, 2, 2));
    put(
        "test-labels-idx1-int",
        ByteBuffer.allocate(12).putInt(0xC01).putInt(1).putInt(300).array());

    DataSource source = DataSource.open(folder, null);

    assertThat(source.train().labels()).containsExactly(300, 0, 2);
    assertThat(source.train().classes()).hasSize(301);
    assertThat(source.test().labels()).containsExactly(300);
    put("omni-small-classes.txt", "a\nb\nc\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> DataSource.open(folder, null))
        .hasMessageContaining("label 300 has no name");
    put("test-labels-idx1-int", ByteBuffer.allocate(12).putInt(0xC01).putInt(1).putInt(-1).array());
    Files.delete(folder.resolve("omni-small-classes.txt"));
    assertThatThrownBy(() -> DataSource.open(folder, null)).hasMessageContaining("label 0 is -1");
  }

  @Test
  void shouldReadCifarTenPixelByPixel() throws IOException {
    put("data_batch_1.bin", cifar(1, 3, 9));
    put("data_batch_2.bin", cifar(1, 0));
    put("test_batch.bin", cifar(1, 5));

    DataSource source = DataSource.open(folder, null);

    assertThat(source.train().labels()).containsExactly(3, 9, 0);
    assertThat(source.train().classes()).hasSize(10).startsWith("airplane").endsWith("truck");
    assertThat(source.train().pixels(0))
        .startsWith((byte) 50, (byte) 100, (byte) 150, (byte) 1, (byte) 2, (byte) 3);
    assertThat(source.test().labels()).containsExactly(5);
  }

  @Test
  void shouldTakeTheFineLabelsOfCifarHundred() throws IOException {
    put("train.bin", cifar(2, 99, 42));

    DataSource source = DataSource.open(folder, null);

    assertThat(source.format()).isEqualTo("CIFAR-100");
    assertThat(source.train().labels()).containsExactly(99, 42);
    assertThat(source.train().classes()).hasSize(100).startsWith("class0");
    assertThat(source.test().size()).isZero();
  }

  @Test
  void shouldSayWhatIsWrongWithCifarFiles() throws IOException {
    Path cut = put("cut.bin", new byte[100]);
    Path strange = put("strange.bin", cifar(1, 77));

    assertThatThrownBy(() -> CifarReader.read(CifarReader.Variant.CIFAR_10, List.of(cut)))
        .hasMessageContaining("no multiple of 3073");
    assertThatThrownBy(() -> CifarReader.read(CifarReader.Variant.CIFAR_10, List.of(strange)))
        .hasMessageContaining("label 77");
  }

  @Test
  void shouldReadFoldersOfImagesInTheOrderOfTheirNames() throws IOException {
    InputShape shape = new InputShape(1, 2, 2);
    put("cat/b.png", ImageEncoder.png(new byte[] {1, 2, 3, 4}, shape));
    put("cat/a.png", ImageEncoder.png(new byte[] {5, 6, 7, 8}, shape));
    put("ant/x.png", ImageEncoder.png(new byte[] {9, 9, 9, 9}, shape));
    put("cat/.hidden", new byte[] {0});

    ImageSet set = DataSource.open(folder, shape).train();

    assertThat(set.classes()).containsExactly("ant", "cat");
    assertThat(set.labels()).containsExactly(0, 1, 1);
    assertThat(set.pixels(1)).containsExactly(5, 6, 7, 8);
    assertThat(BackgroundReader.read(folder, shape, 9, 1).size()).isEqualTo(3);
  }

  @Test
  void shouldSayWhatIsWrongWithFolders() throws IOException {
    InputShape shape = new InputShape(1, 2, 2);
    assertThatThrownBy(() -> DataSource.open(folder, shape)).hasMessageContaining("no data set");
    assertThatThrownBy(() -> DataSource.open(folder.resolve("absent"), shape))
        .hasMessageContaining("check the path");
    put("cat/a.png", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> DataSource.open(folder, shape)).hasMessageContaining("a.png");
    Files.delete(folder.resolve("cat/a.png"));
    assertThatThrownBy(() -> DataSource.open(folder, shape)).hasMessageContaining("has no image");
  }
}
