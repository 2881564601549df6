package io.nirvanastreams.trainer.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A matrix of a {@link MatFile} while it is visited. Values come column by column: the first
 * dimension runs fastest. One thread.
 */
final class MatMatrix {
  private final String name;
  private final int[] dimensions;
  private final ByteOrder order;
  private final InputStream in;
  private final Kind kind;

  /** How a value is stored, which may be narrower than the class of the matrix. */
  private enum Kind {
    INT8(1, 1),
    UINT8(2, 1),
    INT16(3, 2),
    UINT16(4, 2),
    INT32(5, 4),
    UINT32(6, 4),
    SINGLE(7, 4),
    DOUBLE(9, 8);

    private final int type;
    private final int bytes;

    Kind(int type, int bytes) {
      this.type = type;
      this.bytes = bytes;
    }
  }

  MatMatrix(String name, int[] dimensions, MatFile.Tag tag, ByteOrder order, InputStream in)
      throws UnusableDataException {
    this.name = name;
    this.dimensions = dimensions;
    this.order = order;
    this.in = in;
    kind =
        Arrays.stream(Kind.values())
            .filter(k -> k.type == tag.type())
            .findFirst()
            .orElseThrow(
                () ->
                    new UnusableDataException(
                        name + " has values of type " + tag.type() + "; save it as uint8"));
    long values = kind.bytes;
    for (int size : dimensions) {
      if (size < 0 || (size > 0 && values > Long.MAX_VALUE / size)) {
        throw new UnusableDataException(name + " has strange sizes; fetch the file again");
      }
      values *= size;
    }
    if (values != tag.bytes()) {
      throw new UnusableDataException(
          "%s is %s but has %d bytes of values; fetch the file again"
              .formatted(name, sizes(), tag.bytes()));
    }
  }

  String name() {
    return name;
  }

  int dimensions() {
    return dimensions.length;
  }

  int size(int dimension) {
    return dimensions[dimension];
  }

  /** As people write it: 32x32x3x10. */
  String sizes() {
    return String.join("x", Arrays.stream(dimensions).mapToObj(Integer::toString).toList());
  }

  /** Whether the values are unsigned bytes. */
  boolean isBytes() {
    return kind == Kind.UINT8;
  }

  /**
   * The next bytes, as they are stored.
   *
   * @throws EOFException when the file ends before
   */
  byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  /** The next value, whatever it is stored as. */
  double value() throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(kind.bytes)).order(order);
    return switch (kind) {
      case INT8 -> buffer.get();
      case UINT8 -> buffer.get() & 0xff;
      case INT16 -> buffer.getShort();
      case UINT16 -> buffer.getShort() & 0xffff;
      case INT32 -> buffer.getInt();
      case UINT32 -> Integer.toUnsignedLong(buffer.getInt());
      case SINGLE -> buffer.getFloat();
      case DOUBLE -> buffer.getDouble();
    };
  }
}
