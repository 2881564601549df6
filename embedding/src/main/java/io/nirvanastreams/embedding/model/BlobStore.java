package io.nirvanastreams.embedding.model;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where model folders lie for everyone to fetch. Implementations are safe for any thread. A stored
 * folder never changes: names are content hashes.
 */
public interface BlobStore {
  /**
   * Stores a folder's files under a name. Storing the same files under the same name again gives
   * the same content at an address again; other files never change what an address gives.
   *
   * @param folder a folder of plain files
   * @param name a relative name, parts separated by '/'
   * @return the address, to be given to {@link #fetch}
   * @throws IOException when the folder cannot be stored, or the store refuses a name that is taken
   *     by other content
   * @throws IllegalArgumentException for a name that leaves the store
   */
  String put(Path folder, String name) throws IOException;

  /**
   * Makes a stored folder available as a local path, to be read and never changed.
   *
   * @throws IOException when nothing is stored there
   * @throws IllegalArgumentException for an address of another kind, or one that leaves the store
   */
  Path fetch(String uri) throws IOException;
}
