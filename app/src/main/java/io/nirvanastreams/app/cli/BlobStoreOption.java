package io.nirvanastreams.app.cli;

import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.embedding.model.FolderBlobStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of commands that store or load weights. For use as a mixin. */
public final class BlobStoreOption {
  @Option(
      names = "--blob-store",
      paramLabel = "DIR",
      defaultValue = "${sys:user.home}/.nirvana/blobs",
      description = "Folder with the weights of published models (default: ${DEFAULT-VALUE}).")
  private Path folder;

  Path folder() {
    return folder;
  }

  BlobStore open() {
    return new FolderBlobStore(folder);
  }
}
