package io.nirvanastreams.stores.blob;

import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.stores.s3.S3Location;
import io.nirvanastreams.stores.s3.S3Objects;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A blob store below a place in S3-compatible storage: an object for each file of a folder, and its
 * index as the last. Addresses are relative to that place ({@code s3:NAME}), so that no manifest
 * can name another bucket. Safe for any thread and for several processes.
 */
public final class S3BlobStore implements BlobStore {
  private static final String SCHEME = "s3:";
  private static final String INDEX = "index.txt";

  private final S3Objects objects;
  private final S3Location root;
  private final BlobCache cache;

  /**
   * A store below a place.
   *
   * @param objects stays the caller's to close
   * @param cache where fetched folders are put
   */
  public S3BlobStore(S3Objects objects, S3Location root, BlobCache cache) {
    this.objects = objects;
    this.root = root;
    this.cache = cache;
  }

  @Override
  public String put(Path folder, String name) throws IOException {
    S3Location place = root.resolve(BlobNames.checked(name));
    FolderIndex index = FolderIndex.of(folder);
    if (objects.exists(place.resolve(INDEX))) {
      if (!index.equals(index(place))) {
        throw new IOException(place.uri() + " is there already, with other content");
      }
      return SCHEME + name;
    }
    for (FolderIndex.Entry entry : index.entries()) {
      if (entry.name().equals(INDEX)) {
        throw new IllegalArgumentException("a stored folder must not have a file " + INDEX);
      }
      objects.write(place.resolve(entry.name()), folder.resolve(entry.name()));
    }
    objects.write(place.resolve(INDEX), index.text());
    return SCHEME + name;
  }

  @Override
  public Path fetch(String uri) throws IOException {
    if (!uri.startsWith(SCHEME)) {
      throw new IllegalArgumentException("no address in S3: " + uri);
    }
    String name = BlobNames.checked(uri.substring(SCHEME.length()));
    S3Location place = root.resolve(name);
    FolderIndex index = index(place);
    return cache.fetch(
        name,
        index,
        temporary -> {
          for (FolderIndex.Entry entry : index.entries()) {
            objects.read(
                place.resolve(entry.name()), temporary.resolve(entry.name()), entry.size());
          }
        });
  }

  private FolderIndex index(S3Location place) throws IOException {
    try {
      return FolderIndex.of(objects.read(place.resolve(INDEX), FolderIndex.LARGEST));
    } catch (NoSuchFileException e) {
      NoSuchFileException absent =
          new NoSuchFileException(place.uri(), null, "nothing is stored there, or not the whole");
      absent.initCause(e);
      throw absent;
    }
  }
}
