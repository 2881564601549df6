package io.nirvanastreams.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as the records carry them: packed little-endian bytes. Stateless. */
public final class Vectors {
  private Vectors() {}

  /** Packs float32 values; the buffer is ready to be read. */
  public static ByteBuffer pack(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /** Packs the rows of a matrix one after another. */
  public static ByteBuffer pack(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    ByteBuffer bytes =
        ByteBuffer.allocate(rows.length * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        bytes.putFloat(value);
      }
    }
    return bytes.flip();
  }

  /** Packs float64 values; the buffer is ready to be read. */
  public static ByteBuffer pack(double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes;
  }

  /** Unpacks float32 values; the buffer's position stays. */
  public static float[] floats(ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /**
   * Unpacks the rows of a matrix; the buffer's position stays.
   *
   * @throws IllegalArgumentException when the length is not a multiple of a row
   */
  public static float[][] rows(ByteBuffer bytes, int columns) {
    if (bytes.remaining() == 0) {
      return new float[0][];
    }
    if (columns <= 0 || bytes.remaining() % (columns * Float.BYTES) != 0) {
      throw new IllegalArgumentException(
          bytes.remaining() + " bytes are no rows of " + columns + " float32 values");
    }
    float[] all = floats(bytes);
    float[][] rows = new float[all.length / columns][columns];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(all, row * columns, rows[row], 0, columns);
    }
    return rows;
  }

  /** Unpacks float64 values; the buffer's position stays. */
  public static double[] doubles(ByteBuffer bytes) {
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }
}
