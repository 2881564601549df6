package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.image.Pixels;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A NumPy file of images, unsigned bytes of shape (N, height, width) or (N, height, width,
 * channels) in C order, as the 300K random images are. Only the images that are asked for are read,
 * one at a time: the file may be larger than the memory. Immutable.
 *
 * <p>Format: NumPy Enhancement Proposal 1, versions 1.0, 2.0 and 3.0.
 *
 * @param file where they are
 * @param count how many there are
 * @param shape of each
 * @param start position of the first
 */
public record NpyImages(Path file, int count, InputShape shape, long start) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MOST_HEADER = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*('[^']*'|\\[)");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]*)\\)");

  /**
   * Reads the header and checks that the file is as long as it says.
   *
   * @throws UnusableDataException when it is no such file, or its values are of another type or
   *     order
   */
  public static NpyImages open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer first = read(channel, 0, 12);
      byte[] magic = new byte[MAGIC.length];
      first.get(magic);
      int version = first.get();
      if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
        throw new UnusableDataException("not a NumPy file; save the images with numpy.save");
      }
      int before = version == 1 ? 10 : 12;
      long length = version == 1 ? first.getShort(8) & 0xffff : first.getInt(8) & 0xffffffffL;
      if (length > MOST_HEADER) {
        throw new UnusableDataException("a header of " + length + " bytes; save the file again");
      }
      String header = StandardCharsets.UTF_8.decode(read(channel, before, (int) length)).toString();
      return of(file, header, before + length, channel.size());
    } catch (EOFException e) {
      throw new UnusableDataException(file + ": the file ends too early; fetch it again", e);
    } catch (UnusableDataException e) {
      throw new UnusableDataException(file + ": " + e.getMessage(), e);
    }
  }

  private static NpyImages of(Path file, String header, long start, long fileSize)
      throws UnusableDataException {
    String type = find(TYPE, header);
    if (!type.matches("'[|<>=]?u1'")) {
      throw new UnusableDataException(
          "values of type " + type + "; convert them with astype('uint8')");
    }
    if (find(ORDER, header).equals("True")) {
      throw new UnusableDataException(
          "values in Fortran order; convert them with numpy.ascontiguousarray");
    }
    String shape = find(SHAPE, header);
    InputShape image;
    int count;
    try {
      int[] sizes =
          Arrays.stream(shape.split(",", -1))
              .map(String::trim)
              .filter(size -> !size.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      if (sizes.length < 3 || sizes.length > 4) {
        throw new IllegalArgumentException("no list of images");
      }
      count = sizes[0];
      image = new InputShape(sizes.length == 3 ? 1 : sizes[3], sizes[1], sizes[2]);
    } catch (IllegalArgumentException e) {
      throw new UnusableDataException(
          "the shape is (%s), needed is (N, height, width, 1 or 3); transpose it".formatted(shape),
          e);
    }
    if (fileSize - start != (long) count * image.size()) {
      throw new UnusableDataException(
          "%d bytes of values, %d images of %s have %d; fetch it again"
              .formatted(fileSize - start, count, image, (long) count * image.size()));
    }
    return new NpyImages(file, count, image, start);
  }

  private static String find(Pattern pattern, String header) throws UnusableDataException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new UnusableDataException("a header without " + pattern + "; save the file again");
    }
    return matcher.group(1);
  }

  /**
   * The images at these positions, in this order and in another shape.
   *
   * @param positions from 0 to {@code count - 1}
   */
  public byte[][] read(int[] positions, InputShape wanted) throws IOException {
    byte[][] images = new byte[positions.length][];
    try (FileChannel channel = FileChannel.open(file)) {
      for (int i = 0; i < positions.length; i++) {
        long from = start + (long) positions[i] * shape.size();
        images[i] = Pixels.convert(read(channel, from, shape.size()).array(), shape, wanted);
      }
    } catch (EOFException e) {
      throw new UnusableDataException(file + " became shorter while it was read; try again", e);
    }
    return images;
  }

  private static ByteBuffer read(FileChannel channel, long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }
}
