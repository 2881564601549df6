package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the binary batches of CIFAR-10 and CIFAR-100. A record is a label (CIFAR-100: a coarse and
 * a fine one, of which the fine is taken) and 3,072 bytes, plane by plane. Stateless.
 */
public final class CifarReader {
  private static final InputShape SHAPE = new InputShape(3, 32, 32);
  private static final List<String> TEN =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private CifarReader() {}

  /** Which of the two sets a file belongs to. */
  public enum Variant {
    /** One label byte; names in {@code batches.meta.txt}. */
    CIFAR_10(1, 10, "batches.meta.txt"),
    /** Two label bytes; names in {@code fine_label_names.txt}. */
    CIFAR_100(2, 100, "fine_label_names.txt");

    private final int labelBytes;
    private final int classes;
    private final String names;

    Variant(int labelBytes, int classes, String names) {
      this.labelBytes = labelBytes;
      this.classes = classes;
      this.names = names;
    }
  }

  /**
   * Reads files one after the other. Class names come from the names file in the first one's
   * folder; without it they are the well-known ten, or class0, class1, ..
   *
   * @throws UnusableDataException when a file is not such a batch
   */
  public static ImageSet read(Variant variant, List<Path> files) throws IOException {
    if (files.isEmpty()) {
      throw new UnusableDataException("No CIFAR batch given; name at least one .bin file");
    }
    List<byte[]> pixels = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path file : files) {
      readBatch(variant, file, pixels, labels);
    }
    Path folder = files.get(0).toAbsolutePath().getParent();
    return new ImageSet(
        SHAPE,
        names(variant, folder.resolve(variant.names)),
        pixels.toArray(byte[][]::new),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private static void readBatch(
      Variant variant, Path file, List<byte[]> pixels, List<Integer> labels) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int record = variant.labelBytes + SHAPE.size();
    if (bytes.length == 0 || bytes.length % record != 0) {
      throw new UnusableDataException(
          "%s has %d bytes, no multiple of %d; take the binary version and unpack it"
              .formatted(file, bytes.length, record));
    }
    for (int start = 0; start < bytes.length; start += record) {
      int label = bytes[start + variant.labelBytes - 1] & 0xff;
      if (label >= variant.classes) {
        throw new UnusableDataException(
            "%s: image %d has label %d of %d classes; it is no batch of %s"
                .formatted(file, start / record, label, variant.classes, variant));
      }
      labels.add(label);
      pixels.add(interleave(bytes, start + variant.labelBytes));
    }
  }

  private static byte[] interleave(byte[] bytes, int start) {
    int plane = SHAPE.height() * SHAPE.width();
    byte[] image = new byte[SHAPE.size()];
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        image[3 * i + c] = bytes[start + c * plane + i];
      }
    }
    return image;
  }

  private static List<String> names(Variant variant, Path file) throws IOException {
    if (!Files.exists(file)) {
      return variant == Variant.CIFAR_10
          ? TEN
          : IntStream.range(0, variant.classes).mapToObj(i -> "class" + i).toList();
    }
    List<String> names = ClassNames.read(file);
    if (names.size() != variant.classes) {
      throw new UnusableDataException(
          "%s names %d classes, %s has %d; correct or remove the file"
              .formatted(file, names.size(), variant, variant.classes));
    }
    return names;
  }
}
