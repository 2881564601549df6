package io.nirvanastreams.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyImageNetReaderTest {
  private static final InputShape SHAPE = new InputShape(1, 2, 2);

  @TempDir Path folder;

  @BeforeEach
  void shouldStartFromASmallDataSet() throws IOException {
    put("wnids.txt", "n03\nn01\nn02\n");
    put("words.txt", "n01\tcrane, bird\nn02\tcrane\nn03\tgoldfish, Carassius auratus\nn99\tx\n");
    image("train/n03/images/n03_0.JPEG", 30);
    image("train/n01/images/n01_0.JPEG", 10);
    image("train/n01/images/n01_1.JPEG", 11);
    image("train/n02/images/n02_0.JPEG", 20);
    put("train/n02/n02_boxes.txt", "n02_0.JPEG\t0\t0\t1\t1\n");
    image("val/images/val_0.JPEG", 33);
    image("val/images/val_1.JPEG", 12);
    put("val/val_annotations.txt", "val_0.JPEG\tn03\t0\t0\t1\t1\nval_1.JPEG\tn01\t0\t0\t1\t1\n");
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void image(String name, int value) throws IOException {
    byte[] pixels = new byte[SHAPE.size()];
    Arrays.fill(pixels, (byte) value);
    put(name, "");
    Files.write(folder.resolve(name), ImageEncoder.jpeg(pixels, SHAPE, 1));
  }

  @Test
  void shouldReadClassesInTheOrderOfTheirIdentifiers() throws IOException {
    DataSource source = DataSource.open(folder, SHAPE);

    assertThat(source.format()).isEqualTo("Tiny-ImageNet");
    assertThat(source.train().classes()).containsExactly("crane n01", "crane n02", "goldfish");
    assertThat(source.train().labels()).containsExactly(0, 0, 1, 2);
    assertThat(source.train().pixels(3)).containsOnly(30);
    assertThat(source.test().classes()).isEqualTo(source.train().classes());
    assertThat(source.test().labels()).containsExactly(0, 2);
    assertThat(source.test().pixels(0)).containsOnly(12);
    assertThat(DataSource.open(folder, null).train().shape()).isEqualTo(new InputShape(3, 64, 64));
  }

  @Test
  void shouldTakeAPartOfTheDataSet() throws IOException {
    delete(folder.resolve("train/n03"));
    DataSource withoutAClass = DataSource.open(folder, SHAPE);
    delete(folder.resolve("train"));
    Files.delete(folder.resolve("words.txt"));
    DataSource validationOnly = DataSource.open(folder, SHAPE);

    assertThat(withoutAClass.train().classes()).hasSize(2);
    assertThat(withoutAClass.test().labels()).containsExactly(0);
    assertThat(validationOnly.train().classes()).containsExactly("n01", "n03");
    assertThat(validationOnly.train().labels()).containsExactly(0, 1);
    assertThat(validationOnly.test().size()).isZero();
  }

  @Test
  void shouldGiveItsTrainingImagesAsBackground() throws IOException {
    assertThat(BackgroundReader.read(folder, SHAPE, 100, 1).size()).isEqualTo(4);
    assertThat(BackgroundReader.read(folder, SHAPE, 2, 1).size()).isEqualTo(2);
  }

  @Test
  void shouldSayWhatIsWrong() throws IOException {
    put("val/val_annotations.txt", "val_0.JPEG\tn03\nval_1.JPEG\n");
    assertRefused("val_annotations.txt line 2");
    put("val/val_annotations.txt", "../../secret.JPEG\tn03\n");
    assertRefused("val_annotations.txt line 1");
    put("val/val_annotations.txt", "val_7.JPEG\tn03\n");
    assertThatThrownBy(() -> DataSource.open(folder, SHAPE)).hasMessageContaining("val_7.JPEG");
    put("wnids.txt", "n01\nn02\n");
    assertRefused("no class of wnids.txt");
    put("wnids.txt", "n01\nn02\nn03\n");
    put("train/n02/images/n02_0.JPEG", "no image");
    put("val/val_annotations.txt", "");
    assertRefused("n02_0.JPEG is no usable image");
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> DataSource.open(folder, SHAPE))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(reason);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
