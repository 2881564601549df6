package io.nirvanastreams.processor.reference;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.stores.s3.S3Location;
import io.nirvanastreams.stores.s3.S3Objects;
import io.nirvanastreams.stores.s3.S3Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders and the places in S3-compatible storage that references may lead to; nothing else is
 * ever opened or asked. Safe for any thread.
 */
public final class ImageRoots implements AutoCloseable {
  private final List<ImageRoot> roots = new ArrayList<>();
  private S3Objects objects;

  private ImageRoots() {}

  /** No roots: every reference is refused. */
  public static ImageRoots none() {
    return new ImageRoots();
  }

  /**
   * The roots that these addresses name: folders, or {@code s3://BUCKET/PREFIX}.
   *
   * @throws IllegalArgumentException when one is neither, or a folder that does not exist
   */
  public static ImageRoots of(List<String> addresses, S3Settings s3) {
    addresses.forEach(ImageRoots::check);
    ImageRoots roots = new ImageRoots();
    for (String address : addresses) {
      if (address.startsWith(ObjectRoot.SCHEME)) {
        if (roots.objects == null) {
          roots.objects = new S3Objects(s3);
        }
        roots.roots.add(new ObjectRoot(S3Location.of(address), roots.objects));
      } else {
        roots.roots.add(new FolderRoot(Path.of(address)));
      }
    }
    return roots;
  }

  private static void check(String address) {
    if (address.startsWith(ObjectRoot.SCHEME)) {
      S3Location.of(address);
    } else if (address.contains("://")) {
      throw new IllegalArgumentException(
          "'" + address + "' is neither a folder nor an address of the form s3://BUCKET/PREFIX");
    } else if (!Files.isDirectory(Path.of(address))) {
      throw new IllegalArgumentException(
          "images cannot lie below '" + address + "': it is no folder");
    }
  }

  /** Whether every reference is refused. */
  public boolean isEmpty() {
    return roots.isEmpty();
  }

  /**
   * The bytes at an address.
   *
   * @param size the bytes that there must be; no more are read
   * @throws UndecodableImageException when it does not lead below a root, or not to that many bytes
   * @throws IOException when they cannot be read now, whatever they are
   */
  public byte[] read(String uri, int size) throws UndecodableImageException, IOException {
    boolean leadsOut = false;
    NoSuchFileException absent = null;
    for (ImageRoot root : roots) {
      if (root.understands(uri)) {
        try {
          byte[] bytes = root.read(uri, size);
          if (bytes != null) {
            return bytes;
          }
          leadsOut = true;
        } catch (NoSuchFileException e) {
          absent = e; // an address that is not whole may lead below another folder
        }
      }
    }
    if (leadsOut) {
      throw new UndecodableImageException("the reference leads out of the configured roots");
    }
    if (absent != null) {
      throw new UndecodableImageException("the referenced image does not exist", absent);
    }
    throw new UndecodableImageException("a reference of a kind that no root is configured for");
  }

  @Override
  public void close() {
    if (objects != null) {
      objects.close();
    }
  }
}
