package io.nirvanastreams.embedding.model;

import io.nirvanastreams.embedding.safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes and reads {@link ModelArtifact}s. Stateless. */
@SuppressWarnings("DoNotCallSuggester")
public final class ModelArtifacts {
  /** The manifest's file name. */
  public static final String MANIFEST = "manifest.json";

  /** The weights' file name. */
  public static final String WEIGHTS = "weights.safetensors";

  private ModelArtifacts() {}

  /**
   * Writes a model below the root, in a folder named by its content hash. The same model gives the
   * same bytes and the same folder. The folder appears whole or not at all.
   *
   * @throws IOException when the files cannot be written
   */
  public static ModelArtifact write(Path root, ModelSpec spec, Map<String, Tensor> weights)
      throws IOException {
    throw new IllegalStateException("not ready: " + root + spec + weights);
  }

  /**
   * Reads a model's manifest and checks that the files are those the folder is named after.
   *
   * @throws BadModelException when a file is missing or malformed, or a hash differs
   */
  public static ModelArtifact read(Path folder) throws BadModelException {
    throw new BadModelException("not ready: " + folder, "wait");
  }
}
