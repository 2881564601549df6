package io.nirvanastreams.embedding;

import io.nirvanastreams.embedding.safetensors.Safetensors;
import io.nirvanastreams.embedding.safetensors.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Values computed by the authors' released code. */
public final class Golden {
  private Golden() {}

  /** The tensors of a golden file. */
  public static Map<String, Tensor> tensors(String name) {
    try (InputStream stream = Golden.class.getResourceAsStream("/golden/" + name)) {
      return Safetensors.read(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
