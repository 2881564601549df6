package io.nirvanastreams.trainer.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Walks over the matrices of a MATLAB level 5 file, compressed or not, in either byte order. One
 * matrix is open at a time and its values are streamed, so a file of gigabytes needs no more memory
 * than what the visitor keeps. Sparse, cell and structure arrays are passed over. Stateless.
 *
 * <p>Format: MATLAB, "MAT-File Format", chapter 1 (level 5).
 */
final class MatFile {
  private static final int HEADER = 128;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;
  private static final int FIRST_NUMERIC_CLASS = 6;
  private static final int LAST_NUMERIC_CLASS = 15;
  private static final int MOST_DIMENSIONS = 32;
  private static final int MOST_NAME = 1024;

  private MatFile() {}

  /** Takes one matrix; what it leaves unread is passed over. */
  interface Visitor {
    void visit(MatMatrix matrix) throws IOException;
  }

  /**
   * Shows every numeric matrix to the visitor, in the order of the file.
   *
   * @throws UnusableDataException when it is no such file, or a damaged one; the message does not
   *     name the file
   */
  static void read(Path file, Visitor visitor) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteOrder order = order(in);
      for (Tag tag = Tag.read(in, order); tag != null; tag = Tag.read(in, order)) {
        BoundedStream body = new BoundedStream(in, tag.bytes());
        if (tag.type() == COMPRESSED) {
          inflate(body, order, visitor);
        } else if (tag.type() == MATRIX) {
          matrix(body, order, visitor);
        }
        body.skipRest();
        if (tag.type() != COMPRESSED) {
          in.skipNBytes(tag.padding());
        }
      }
    } catch (EOFException e) {
      throw new UnusableDataException("the file ends too early; fetch it again", e);
    } catch (ZipException e) {
      throw new UnusableDataException("the file is damaged; fetch it again", e);
    }
  }

  private static ByteOrder order(InputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    String end =
        header.length < HEADER ? "" : new String(header, 126, 2, StandardCharsets.US_ASCII);
    ByteOrder order =
        switch (end) {
          case "IM" -> ByteOrder.LITTLE_ENDIAN;
          case "MI" -> ByteOrder.BIG_ENDIAN;
          default ->
              throw new UnusableDataException(
                  "not a MATLAB 5 file; save it again with the option -v7");
        };
    int version = ByteBuffer.wrap(header, 124, 2).order(order).getShort();
    if (version != 0x0100) {
      throw new UnusableDataException(
          "MATLAB file version %04x, readable is 0100; save it again with the option -v7"
              .formatted(version));
    }
    return order;
  }

  /** The stream is read to its end, since only there it shows whether its checksum holds. */
  private static void inflate(BoundedStream packed, ByteOrder order, Visitor visitor)
      throws IOException {
    InputStream in = new BufferedInputStream(new InflaterInputStream(packed), 1 << 16);
    Tag tag = Tag.read(in, order);
    if (tag == null) {
      throw new EOFException();
    }
    BoundedStream body = new BoundedStream(in, tag.bytes());
    if (tag.type() == MATRIX) {
      matrix(body, order, visitor);
    }
    body.skipRest();
    if (in.read() >= 0) {
      throw new UnusableDataException("a compressed part is too long; fetch the file again");
    }
  }

  private static void matrix(BoundedStream in, ByteOrder order, Visitor visitor)
      throws IOException {
    if (in.left() == 0) {
      return;
    }
    int flags = small(in, order, Integer.BYTES, 2 * Integer.BYTES).getInt();
    int kind = flags & 0xff;
    if (kind < FIRST_NUMERIC_CLASS || kind > LAST_NUMERIC_CLASS || (flags & 0x800) != 0) {
      return;
    }
    ByteBuffer sizes = small(in, order, 2 * Integer.BYTES, MOST_DIMENSIONS * Integer.BYTES);
    int[] dimensions = new int[sizes.remaining() / Integer.BYTES];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = sizes.getInt();
    }
    String name = StandardCharsets.ISO_8859_1.decode(small(in, order, 0, MOST_NAME)).toString();
    Tag tag = Tag.read(in, order);
    if (tag == null || tag.bytes() > in.left()) {
      throw new EOFException();
    }
    visitor.visit(new MatMatrix(name, dimensions, tag, order, new BoundedStream(in, tag.bytes())));
  }

  private static ByteBuffer small(InputStream in, ByteOrder order, int least, int most)
      throws IOException {
    Tag tag = Tag.read(in, order);
    if (tag == null) {
      throw new EOFException();
    }
    if (tag.bytes() < least || tag.bytes() > most) {
      throw new UnusableDataException("a matrix has a strange header; fetch the file again");
    }
    byte[] bytes = in.readNBytes((int) tag.bytes());
    if (bytes.length < tag.bytes()) {
      throw new EOFException();
    }
    in.skipNBytes(tag.padding());
    return ByteBuffer.wrap(bytes).order(order);
  }

  /**
   * What stands before the values of an element.
   *
   * @param type of the values, as the format numbers them
   * @param bytes of the values
   * @param padding bytes behind them
   */
  record Tag(int type, long bytes, int padding) {
    /** Null at the end of the stream. */
    static Tag read(InputStream in, ByteOrder order) throws IOException {
      byte[] word = in.readNBytes(Integer.BYTES);
      if (word.length == 0) {
        return null;
      }
      int first = integer(word, order);
      int shortLength = first >>> 16;
      if (shortLength > 0) {
        // Up to four bytes stand in the tag itself.
        if (shortLength > Integer.BYTES) {
          throw new UnusableDataException("an element has a strange tag; fetch the file again");
        }
        return new Tag(first & 0xffff, shortLength, Integer.BYTES - shortLength);
      }
      long bytes = Integer.toUnsignedLong(integer(in.readNBytes(Integer.BYTES), order));
      return new Tag(first, bytes, (int) (-bytes & 7));
    }

    private static int integer(byte[] word, ByteOrder order) throws IOException {
      if (word.length < Integer.BYTES) {
        throw new EOFException();
      }
      return ByteBuffer.wrap(word).order(order).getInt();
    }
  }
}
