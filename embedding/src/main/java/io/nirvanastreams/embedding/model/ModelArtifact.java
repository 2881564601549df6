package io.nirvanastreams.embedding.model;

import java.nio.file.Path;

/**
 * A model on disk: a folder with {@code manifest.json} and {@code weights.safetensors}, named by
 * its content hash. Immutable; the files may be read by any thread.
 *
 * @param folder the folder
 * @param spec what the manifest says
 * @param contentHash SHA-256 over manifest and weights, in hexadecimal; the folder's name
 * @param weightsSha256 SHA-256 of the weights file, in hexadecimal
 * @param weightsSize bytes of the weights file
 */
public record ModelArtifact(
    Path folder, ModelSpec spec, String contentHash, String weightsSha256, long weightsSize) {

  /** The file with the tensors. */
  public Path weights() {
    return folder.resolve(ModelArtifacts.WEIGHTS);
  }
}
