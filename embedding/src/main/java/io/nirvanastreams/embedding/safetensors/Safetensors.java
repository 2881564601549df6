package io.nirvanastreams.embedding.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads and writes the safetensors format: a JSON header and raw little-endian values. No other
 * format is ever read, because this one cannot carry code. Stateless.
 */
public final class Safetensors {
  /** Bytes of the largest file that is read. */
  public static final long LARGEST_FILE = 1L << 30;

  private Safetensors() {}

  /** The file as bytes. The same tensors always give the same bytes. */
  public static byte[] write(Map<String, Tensor> tensors) {
    List<Map.Entry<String, Tensor>> ordered = Header.order(tensors);
    byte[] header = Header.encode(ordered);
    long size = Long.BYTES + (long) header.length;
    for (Map.Entry<String, Tensor> entry : ordered) {
      size += Header.bytes(entry.getValue());
    }
    ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header);
    for (Map.Entry<String, Tensor> entry : ordered) {
      Tensor tensor = entry.getValue();
      switch (tensor.type()) {
        case F32 -> file.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.data());
        case I64 ->
            file.slice().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(tensor.integers());
      }
      file.position(file.position() + (int) Header.bytes(tensor));
    }
    return file.array();
  }

  /**
   * Reads all tensors, sorted by name.
   *
   * @throws MalformedSafetensorsException when the bytes are not a well-formed file of F32 and I64
   *     tensors
   */
  public static Map<String, Tensor> read(byte[] bytes) throws MalformedSafetensorsException {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < Long.BYTES) {
      throw new MalformedSafetensorsException("too short for a header: " + bytes.length + " bytes");
    }
    long headerSize = file.getLong();
    if (headerSize < 2 || headerSize > bytes.length - Long.BYTES) {
      throw new MalformedSafetensorsException("the header's size is out of range: " + headerSize);
    }
    int dataSize = bytes.length - Long.BYTES - (int) headerSize;
    Map<String, Header.Entry> entries =
        Header.decode(bytes, Long.BYTES, (int) headerSize, dataSize);
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Map.Entry<String, Header.Entry> named : entries.entrySet()) {
      Header.Entry entry = named.getValue();
      int start = Long.BYTES + (int) headerSize + (int) entry.begin();
      ByteBuffer data =
          file.slice(start, (int) (entry.end() - entry.begin())).order(ByteOrder.LITTLE_ENDIAN);
      tensors.put(named.getKey(), tensor(entry, data));
    }
    return tensors;
  }

  /**
   * Reads all tensors of a file, sorted by name.
   *
   * @throws MalformedSafetensorsException when it is not a well-formed file of F32 and I64 tensors
   * @throws IOException when it cannot be read
   */
  public static Map<String, Tensor> read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST_FILE) {
      throw new MalformedSafetensorsException(
          "weights of " + size + " bytes are more than the " + LARGEST_FILE + " allowed");
    }
    return read(Files.readAllBytes(file));
  }

  private static Tensor tensor(Header.Entry entry, ByteBuffer data) {
    int count = Tensor.count(entry.shape());
    return switch (entry.type()) {
      case F32 -> {
        float[] values = new float[count];
        data.asFloatBuffer().get(values);
        yield new Tensor(values, entry.shape());
      }
      case I64 -> {
        long[] values = new long[count];
        data.asLongBuffer().get(values);
        yield new Tensor(Tensor.Type.I64, new float[0], values, entry.shape());
      }
    };
  }
}
