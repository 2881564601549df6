package io.nirvanastreams.processor.reference;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.stores.s3.S3Location;
import io.nirvanastreams.stores.s3.S3Objects;
import java.io.IOException;
import java.nio.file.AccessDeniedException;

/** Objects below a place in S3-compatible storage, by {@code s3://BUCKET/KEY}. */
final class ObjectRoot implements ImageRoot {
  static final String SCHEME = "s3://";

  private final S3Location root;
  private final S3Objects objects;

  ObjectRoot(S3Location root, S3Objects objects) {
    this.root = root;
    this.objects = objects;
  }

  @Override
  public boolean understands(String uri) {
    return uri.startsWith(SCHEME);
  }

  @Override
  public byte[] read(String uri, int size) throws UndecodableImageException, IOException {
    S3Location location;
    try {
      location = S3Location.of(uri);
    } catch (IllegalArgumentException e) {
      throw new UndecodableImageException("the reference is no s3: URI", e);
    }
    if (!root.contains(location)) {
      return null;
    }
    try {
      // One byte more tells a larger object from a whole one.
      byte[] bytes = objects.read(location, size + 1);
      if (bytes.length != size) {
        throw new UndecodableImageException("the referenced object has another size");
      }
      return bytes;
    } catch (AccessDeniedException e) {
      throw new UndecodableImageException("the referenced object may not be read", e);
    } catch (S3Objects.TooLargeException e) {
      throw new UndecodableImageException("the referenced object has another size", e);
    }
  }
}
