package io.nirvanastreams.embedding;

import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelSpec;
import java.util.List;

/**
 * A loaded model: images in, features out. The batch normalisation is folded into the layers before
 * it. Any number of threads may call {@link #embed} at once; {@link #close} waits for them and
 * frees the native memory.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Embedder implements AutoCloseable {
  private final ModelSpec spec;

  private Embedder(ModelSpec spec) {
    this.spec = spec;
  }

  /**
   * Loads a model. Weights with a value that is not finite are refused.
   *
   * @throws BadModelException when the weights cannot be read or do not fit the architecture
   */
  public static Embedder load(ModelArtifact artifact, EmbedderOptions options)
      throws BadModelException {
    throw new BadModelException(
        "not ready " + options, "wait " + new Embedder(artifact.spec()).spec());
  }

  /** What the model is. */
  public ModelSpec spec() {
    return spec;
  }

  /**
   * Embeds any number of images, in batches.
   *
   * @param pixels each {@code spec().input().size()} bytes: uint8, HWC
   * @return one embedding for each image, in order
   * @throws IllegalArgumentException when an image has another length
   * @throws IllegalStateException after {@link #close}
   */
  public List<Embedding> embed(List<byte[]> pixels) {
    throw new IllegalStateException("not ready " + pixels);
  }

  /** Waits for running calls and frees the memory. Closing twice is harmless. */
  @Override
  public void close() {}
}
