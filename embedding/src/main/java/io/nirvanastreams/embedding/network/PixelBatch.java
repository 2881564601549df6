package io.nirvanastreams.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.nirvanastreams.embedding.model.InputShape;
import java.nio.ByteBuffer;
import java.util.List;

/** Puts images into an array as the networks take them. Stateless. */
public final class PixelBatch {
  private static final float WHITE = 255;

  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(0));

  private PixelBatch() {}

  /**
   * A float32 array (N, C, H, W) with values from 0 to 1.
   *
   * @param manager owns the array and names its device
   * @param images each {@code shape.size()} bytes, HWC
   * @throws IllegalArgumentException when there is no image or one has another length
   */
  public static NDArray toArray(NDManager manager, List<byte[]> images, InputShape shape) {
    try (NDArray pixels = pixels(manager, images, shape, images.size())) {
      return toFloats(pixels);
    }
  }

  /**
   * A uint8 array (N, H, W, C), filled up with black images to {@code count}. On the CPU the array
   * is this thread's buffer, without a copy: it holds until the thread asks for the next one.
   *
   * @param manager owns the array and names its device
   * @param images each {@code shape.size()} bytes, HWC
   * @throws IllegalArgumentException when there are more images than {@code count}, or none is
   *     wanted, or one has another length
   */
  public static NDArray pixels(
      NDManager manager, List<byte[]> images, InputShape shape, int count) {
    if (count < 1 || images.size() > count) {
      throw new IllegalArgumentException(images.size() + " images in a batch of " + count);
    }
    ByteBuffer buffer = buffer(Math.multiplyExact(count, shape.size()));
    for (byte[] image : images) {
      if (image.length != shape.size()) {
        throw new IllegalArgumentException(image.length + " bytes are no image of " + shape);
      }
      buffer.put(image);
    }
    while (buffer.hasRemaining()) {
      buffer.put((byte) 0);
    }
    Shape size = new Shape(count, shape.height(), shape.width(), shape.channels());
    return manager.create(buffer.rewind(), size, DataType.UINT8);
  }

  /** The same pixels as a float32 array (N, C, H, W) with values from 0 to 1. */
  static NDArray toFloats(NDArray pixels) {
    try (NDArray channelsFirst = pixels.transpose(0, 3, 1, 2)) {
      return channelsFirst.toType(DataType.FLOAT32, true).divi(WHITE);
    }
  }

  private static ByteBuffer buffer(int size) {
    ByteBuffer buffer = BUFFER.get();
    if (buffer.capacity() < size) {
      buffer = ByteBuffer.allocateDirect(size);
      BUFFER.set(buffer);
    }
    return buffer.slice(0, size);
  }
}
