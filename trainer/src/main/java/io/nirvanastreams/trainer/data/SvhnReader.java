package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the cropped digits of Street View House Numbers: a MATLAB file with {@code X}, bytes of
 * 32x32x3xN, and {@code y}, N labels of which 10 means the digit 0. Images are read one by one.
 * Stateless.
 */
public final class SvhnReader {
  private static final InputShape SHAPE = new InputShape(3, 32, 32);
  private static final int MOST_IMAGES = (1 << 30) / SHAPE.size();
  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  private SvhnReader() {}

  /**
   * Reads one file.
   *
   * @throws UnusableDataException when it is not what it should be
   */
  public static ImageSet read(Path file) throws IOException {
    List<byte[]> images = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try {
      MatFile.read(
          file,
          matrix -> {
            switch (matrix.name()) {
              case "X" -> readImages(matrix, images);
              case "y" -> readLabels(matrix, labels);
              default -> {}
            }
          });
      if (images.isEmpty() || images.size() != labels.size()) {
        throw new UnusableDataException(
            "%d images X and %d labels y; give a file of cropped digits, such as train_32x32.mat"
                .formatted(images.size(), labels.size()));
      }
    } catch (UnusableDataException e) {
      throw new UnusableDataException(file + ": " + e.getMessage(), e);
    }
    return new ImageSet(
        SHAPE,
        DIGITS,
        images.toArray(byte[][]::new),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private static void readImages(MatMatrix matrix, List<byte[]> images) throws IOException {
    if (!matrix.isBytes()
        || matrix.dimensions() < 3
        || matrix.dimensions() > 4
        || matrix.size(0) != SHAPE.height()
        || matrix.size(1) != SHAPE.width()
        || matrix.size(2) != SHAPE.channels()) {
      throw new UnusableDataException(
          "X is %s, not bytes of 32x32x3xN; give a file of cropped digits"
              .formatted(matrix.sizes()));
    }
    int count = matrix.dimensions() == 3 ? 1 : matrix.size(3);
    if (count > MOST_IMAGES) {
      throw new UnusableDataException(
          count + " images do not fit; save at most " + MOST_IMAGES + " in a file");
    }
    for (int i = 0; i < count; i++) {
      images.add(rowByRow(matrix.bytes(SHAPE.size())));
    }
  }

  /** MATLAB stores an image by channel, in it by column. */
  private static byte[] rowByRow(byte[] columns) {
    byte[] image = new byte[columns.length];
    int from = 0;
    for (int channel = 0; channel < SHAPE.channels(); channel++) {
      for (int x = 0; x < SHAPE.width(); x++) {
        for (int y = 0; y < SHAPE.height(); y++) {
          image[(y * SHAPE.width() + x) * SHAPE.channels() + channel] = columns[from++];
        }
      }
    }
    return image;
  }

  private static void readLabels(MatMatrix matrix, List<Integer> labels) throws IOException {
    if (matrix.dimensions() != 2 || Math.min(matrix.size(0), matrix.size(1)) != 1) {
      throw new UnusableDataException("y is " + matrix.sizes() + ", not one label an image");
    }
    int count = Math.max(matrix.size(0), matrix.size(1));
    if (count > MOST_IMAGES) {
      throw new UnusableDataException("y has " + count + " labels; save at most " + MOST_IMAGES);
    }
    for (int i = 0; i < count; i++) {
      double label = matrix.value();
      if (!(label >= 0 && label <= 10) || label != Math.rint(label)) {
        throw new UnusableDataException(
            "label " + i + " is " + label + ", not a digit from 1 to 10; fetch the file again");
      }
      labels.add((int) label % 10);
    }
  }
}
