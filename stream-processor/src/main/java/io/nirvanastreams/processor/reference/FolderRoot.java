package io.nirvanastreams.processor.reference;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Files below a folder, by {@code file:} addresses: whole ones, or {@code file:a/b.png} from the
 * folder on. Links are followed before it is checked where they lead.
 */
final class FolderRoot implements ImageRoot {
  private static final String SCHEME = "file:";

  private final Path folder;

  FolderRoot(Path folder) {
    this.folder = folder;
  }

  @Override
  public boolean understands(String uri) {
    return uri.startsWith(SCHEME);
  }

  @Override
  public byte[] read(String uri, int size) throws UndecodableImageException, IOException {
    Path file = locate(uri);
    try {
      Path real = file.toRealPath();
      if (!real.startsWith(folder.toRealPath())) {
        return null;
      }
      // Reading a pipe or a device would never end.
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw new UndecodableImageException("the reference leads to no file");
      }
      if (Files.size(real) != size) {
        throw new UndecodableImageException("the referenced file has another size");
      }
      return readWhole(real, size);
    } catch (NoSuchFileException | AccessDeniedException e) {
      // Outside the folder nobody is told what is there and what is not.
      if (!file.normalize().startsWith(folder.normalize())) {
        return null;
      }
      if (e instanceof AccessDeniedException) {
        throw new UndecodableImageException("the referenced file may not be read", e);
      }
      throw e;
    }
  }

  private static byte[] readWhole(Path file, int size)
      throws UndecodableImageException, IOException {
    try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = stream.readNBytes(size);
      if (bytes.length != size || stream.read() >= 0) {
        throw new UndecodableImageException("the referenced file has another size");
      }
      return bytes;
    }
  }

  private Path locate(String uri) throws UndecodableImageException {
    try {
      URI parsed = URI.create(uri);
      return parsed.isOpaque() ? folder.resolve(parsed.getSchemeSpecificPart()) : Path.of(parsed);
    } catch (IllegalArgumentException e) {
      throw new UndecodableImageException("the reference is no file: URI", e);
    }
  }
}
