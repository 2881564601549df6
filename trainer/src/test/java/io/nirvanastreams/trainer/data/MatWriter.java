package io.nirvanastreams.trainer.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes MATLAB level 5 files as MATLAB does, for tests. */
final class MatWriter {
  static final int INT8 = 1;
  static final int UINT8 = 2;
  static final int DOUBLE = 9;
  private static final int INT32 = 5;
  private static final int UINT32 = 6;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;

  private final ByteOrder order;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  MatWriter(ByteOrder order) {
    this.order = order;
    byte[] header = new byte[128];
    byte[] text = "MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, header, 0, text.length);
    ByteBuffer.wrap(header, 124, 4).order(order).putShort((short) 0x0100).putShort((short) 0x4d49);
    out.writeBytes(header);
  }

  MatWriter plain(byte[] matrix) {
    out.writeBytes(matrix);
    return this;
  }

  MatWriter compressed(byte[] matrix) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed, new Deflater(9))) {
      deflater.write(matrix);
    }
    out.writeBytes(buffer(8).putInt(COMPRESSED).putInt(packed.size()).array());
    out.writeBytes(packed.toByteArray());
    return this;
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  /** A whole matrix element. */
  byte[] matrix(String name, int kind, int type, byte[] values, int... dimensions) {
    byte[] sizes = new byte[4 * dimensions.length];
    ByteBuffer.wrap(sizes).order(order).asIntBuffer().put(dimensions);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(element(UINT32, buffer(8).putInt(kind).putInt(0).array()));
    body.writeBytes(element(INT32, sizes));
    body.writeBytes(element(INT8, name.getBytes(StandardCharsets.US_ASCII)));
    body.writeBytes(element(type, values));
    return element(MATRIX, body.toByteArray());
  }

  /** With up to four bytes in the short form. */
  private byte[] element(int type, byte[] values) {
    if (values.length <= 4 && values.length > 0) {
      return buffer(8).putInt(values.length << 16 | type).put(values).array();
    }
    int padded = (values.length + 7) / 8 * 8;
    return buffer(8 + padded).putInt(type).putInt(values.length).put(values).array();
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(order);
  }
}
