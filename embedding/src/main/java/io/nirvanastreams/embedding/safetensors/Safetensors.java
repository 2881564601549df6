package io.nirvanastreams.embedding.safetensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads and writes the safetensors format: a JSON header and raw little-endian values. No other
 * format is ever read, because this one cannot carry code. Stateless.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Safetensors {
  private Safetensors() {}

  /** The file as bytes. The same tensors always give the same bytes. */
  public static byte[] write(Map<String, Tensor> tensors) {
    throw new IllegalStateException("not ready " + tensors);
  }

  /**
   * Reads all tensors, sorted by name.
   *
   * @throws MalformedSafetensorsException when the bytes are not a well-formed file of F32 and I64
   *     tensors
   */
  public static Map<String, Tensor> read(byte[] bytes) throws MalformedSafetensorsException {
    throw new MalformedSafetensorsException("not ready " + bytes.length);
  }

  /**
   * Reads all tensors of a file, sorted by name.
   *
   * @throws MalformedSafetensorsException when it is not a well-formed file of F32 and I64 tensors
   * @throws IOException when it cannot be read
   */
  public static Map<String, Tensor> read(Path file) throws IOException {
    throw new MalformedSafetensorsException("not ready " + file);
  }
}
