package io.nirvanastreams.embedding.safetensors;

import java.util.Arrays;

/**
 * A named tensor's values and shape, row-major as torch stores them. Float32, or int64 for counters
 * such as {@code num_batches_tracked}. The arrays are not copied: treat them as read-only. Compared
 * by content.
 *
 * @param type which of the two arrays holds the values
 * @param data the values of a float32 tensor, else empty
 * @param integers the values of an int64 tensor, else empty
 * @param shape sizes, outermost first; empty for a scalar
 */
@SuppressWarnings("ArrayRecordComponent") // Weights are large; the record is a view of them.
public record Tensor(Type type, float[] data, long[] integers, long[] shape) {
  /** The element types that are supported. */
  public enum Type {
    /** 32-bit floating point. */
    F32(Float.BYTES),
    /** 64-bit signed integers. */
    I64(Long.BYTES);

    private final int size;

    Type(int size) {
      this.size = size;
    }

    /** Bytes of one element. */
    public int size() {
      return size;
    }
  }

  /**
   * Checks that the shape fits the values.
   *
   * @throws IllegalArgumentException when it does not
   */
  public Tensor {
    int values = type == Type.F32 ? data.length : integers.length;
    int others = type == Type.F32 ? integers.length : data.length;
    if (others != 0 || count(shape) != values) {
      throw new IllegalArgumentException(
          values + " values do not fill the shape " + Arrays.toString(shape));
    }
  }

  /** A float32 tensor. */
  public Tensor(float[] data, long[] shape) {
    this(Type.F32, data, new long[0], shape);
  }

  /** An int64 scalar. */
  public static Tensor ofLong(long value) {
    return new Tensor(Type.I64, new float[0], new long[] {value}, new long[0]);
  }

  /**
   * The number of values of a shape.
   *
   * @throws IllegalArgumentException for a negative size, or more than 2^31 - 1 values
   */
  public static int count(long[] shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("no tensor has the shape " + Arrays.toString(shape));
      }
      count *= size;
      if (count > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("too large a shape: " + Arrays.toString(shape));
      }
    }
    return (int) count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && type == that.type
        && Arrays.equals(data, that.data)
        && Arrays.equals(integers, that.integers)
        && Arrays.equals(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data) * 31 + Arrays.hashCode(shape) + Arrays.hashCode(integers);
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
