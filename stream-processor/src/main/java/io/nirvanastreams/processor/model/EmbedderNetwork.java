package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelArtifact;
import java.util.List;

/** A real network: an {@link Embedder}. */
public final class EmbedderNetwork implements Network {
  private final Embedder embedder;

  private EmbedderNetwork(Embedder embedder) {
    this.embedder = embedder;
  }

  /**
   * The network of an artifact.
   *
   * @throws BadModelException when the weights cannot be read or do not fit the architecture
   */
  public static Network load(ModelArtifact artifact, EmbedderOptions options)
      throws BadModelException {
    return new EmbedderNetwork(Embedder.load(artifact, options));
  }

  @Override
  public List<Embedding> embed(List<byte[]> pixels) {
    return embedder.embed(pixels);
  }

  @Override
  public void close() {
    embedder.close();
  }
}
