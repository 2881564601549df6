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
   * @param probe images to choose execution and precision by, where the options leave it open
   * @throws BadModelException when the weights cannot be read or do not fit the architecture
   */
  public static Network load(ModelArtifact artifact, EmbedderOptions options, List<byte[]> probe)
      throws BadModelException {
    return new EmbedderNetwork(Embedder.load(artifact, options, probe));
  }

  @Override
  public List<Embedding> embed(List<byte[]> pixels) {
    return embedder.embed(pixels);
  }

  @Override
  public double rounding() {
    return embedder.rounding();
  }

  @Override
  public void close() {
    embedder.close();
  }
}
