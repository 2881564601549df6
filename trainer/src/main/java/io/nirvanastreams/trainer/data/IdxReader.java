package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.model.InputShape;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads the IDX format of MNIST and its relatives: one file of images, one of labels, each plain or
 * gzip (told apart by content, not by name). One-channel images of unsigned bytes; labels of 8, 16
 * or 32 bits. Stateless.
 */
public final class IdxReader {
  private static final int IMAGES = 0x00000803;
  private static final int LABELS = 0x00000801;
  private static final int SHORT_LABELS = 0x00000B01;
  private static final int INT_LABELS = 0x00000C01;
  private static final int MOST_CLASSES = 1 << 20;
  private static final int GZIP = 0x1f8b;
  private static final int MOST_BYTES = 1 << 30;
  private static final int MOST_PIXELS = 1 << 14;

  private IdxReader() {}

  /**
   * Reads two files.
   *
   * @param classes names of the labels 0, 1, ..; empty for the digits' own names
   * @throws UnusableDataException when they are not what they should be
   */
  public static ImageSet read(Path images, Path labels, List<String> classes) throws IOException {
    try (InputStream pixels = Files.newInputStream(images);
        InputStream classIndices = Files.newInputStream(labels)) {
      return read(pixels, classIndices, classes);
    } catch (UnusableDataException e) {
      throw new UnusableDataException(images + " and " + labels + ": " + e.getMessage(), e);
    }
  }

  /** Reads two streams to their ends, without closing them; otherwise like the files. */
  public static ImageSet read(InputStream images, InputStream labels, List<String> classes)
      throws IOException {
    try {
      int[] classIndices = labels(open(labels));
      DataInputStream in = open(images);
      expect(in, IMAGES, "images");
      int count = in.readInt();
      int height = in.readInt();
      int width = in.readInt();
      if (count != classIndices.length) {
        throw new UnusableDataException(
            count
                + " images but "
                + classIndices.length
                + " labels; give files that belong together");
      }
      if (count < 0
          || !side(height)
          || !side(width)
          || (long) count * height * width > MOST_BYTES) {
        throw new UnusableDataException(
            "the header says %d images of %dx%d; the file is damaged, fetch it again"
                .formatted(count, width, height));
      }
      InputShape shape = new InputShape(1, height, width);
      byte[][] pixels = new byte[count][];
      for (int i = 0; i < count; i++) {
        pixels[i] = in.readNBytes(shape.size());
        if (pixels[i].length < shape.size()) {
          throw new EOFException();
        }
      }
      return new ImageSet(shape, names(classes, classIndices), pixels, classIndices);
    } catch (EOFException e) {
      throw new UnusableDataException("the file ends too early; fetch it again", e);
    } catch (ZipException e) {
      throw new UnusableDataException("the file is damaged; fetch it again", e);
    }
  }

  private static boolean side(int pixels) {
    return pixels >= 1 && pixels <= MOST_PIXELS;
  }

  private static int[] labels(DataInputStream in) throws IOException {
    int magic = in.readInt();
    if (magic != LABELS && magic != SHORT_LABELS && magic != INT_LABELS) {
      throw strange(magic, LABELS, "labels");
    }
    int count = in.readInt();
    int size = magic == LABELS ? 1 : magic == SHORT_LABELS ? Short.BYTES : Integer.BYTES;
    if (count < 0 || (long) count * size > MOST_BYTES) {
      throw new UnusableDataException(
          "the header says " + count + " labels; the file is damaged, fetch it again");
    }
    byte[] bytes = in.readNBytes(count * size);
    ByteBuffer values = ByteBuffer.wrap(bytes);
    if (bytes.length < count * size) {
      throw new EOFException();
    }
    int[] labels = new int[bytes.length / size];
    for (int i = 0; i < labels.length; i++) {
      labels[i] =
          switch (size) {
            case 1 -> values.get() & 0xff;
            case Short.BYTES -> values.getShort();
            default -> values.getInt();
          };
      if (labels[i] < 0 || labels[i] >= MOST_CLASSES) {
        throw new UnusableDataException(
            "label %d is %d, readable are 0 to %d; number the classes from 0"
                .formatted(i, labels[i], MOST_CLASSES - 1));
      }
    }
    return labels;
  }

  private static List<String> names(List<String> given, int[] labels) throws IOException {
    int highest = Arrays.stream(labels).max().orElse(-1);
    if (given.isEmpty()) {
      return IntStream.rangeClosed(0, Math.max(9, highest)).mapToObj(Integer::toString).toList();
    }
    if (highest >= given.size()) {
      throw new UnusableDataException(
          "label "
              + highest
              + " has no name among the "
              + given.size()
              + " given; name all classes");
    }
    return given;
  }

  private static void expect(DataInputStream in, int magic, String what) throws IOException {
    int found = in.readInt();
    if (found != magic) {
      throw strange(found, magic, what);
    }
  }

  private static UnusableDataException strange(int found, int magic, String what) {
    return new UnusableDataException(
        "not an IDX file of %s (starts with %08x, not %08x); check the order of the files"
            .formatted(what, found, magic));
  }

  private static DataInputStream open(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    int first = (in.read() << 8) | in.read();
    in.reset();
    return new DataInputStream(
        first == GZIP ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in);
  }
}
