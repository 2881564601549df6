package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.Embedding;
import java.util.List;

/** A network with its weights. Implementations are safe for any thread. */
public interface Network extends AutoCloseable {
  /** One embedding for each image, in order; images are uint8 HWC of the model's input shape. */
  List<Embedding> embed(List<byte[]> pixels);

  /** How far a value of a feature may be from what float32 gives, by the precision chosen. */
  default double rounding() {
    return 0;
  }

  /** Frees its memory; must not be called while an image is in work. */
  @Override
  void close();
}
