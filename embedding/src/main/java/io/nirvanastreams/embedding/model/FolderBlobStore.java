package io.nirvanastreams.embedding.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A blob store in a folder, local or mounted. Addresses are relative to the root ({@code
 * folder:NAME}), so that every process may mount it elsewhere; none ever leads out of the root.
 * Safe for any thread and for several processes.
 */
public final class FolderBlobStore implements BlobStore {
  private static final String SCHEME = "folder:";

  private final Path root;

  /** A store in this folder, which is created when first written to. */
  public FolderBlobStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String put(Path folder, String name) throws IOException {
    Path target = resolve(name);
    AtomicFolders.create(
        target,
        temporary -> {
          for (Path file : AtomicFolders.files(folder)) {
            Files.copy(file, temporary.resolve(file.getFileName()));
          }
        });
    return SCHEME + name;
  }

  @Override
  public Path fetch(String uri) throws IOException {
    if (!uri.startsWith(SCHEME)) {
      throw new IllegalArgumentException("no address in a folder: " + uri);
    }
    Path folder = resolve(uri.substring(SCHEME.length()));
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "nothing is stored at " + uri);
    }
    if (!folder.toRealPath().startsWith(root.toRealPath())) {
      throw new IllegalArgumentException("a link leads out of the store: " + uri);
    }
    return folder;
  }

  private Path resolve(String name) {
    try {
      Path relative = Path.of(name);
      Path target = root.resolve(relative).normalize();
      boolean plain = relative.normalize().equals(relative) && !relative.isAbsolute();
      if (plain && target.startsWith(root) && !target.equals(root)) {
        return target;
      }
      throw new IllegalArgumentException("no name inside the store: " + name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no name inside the store: " + name, e);
    }
  }
}
