package io.nirvanastreams.trainer.fetch;

import java.net.URI;
import java.util.List;

/**
 * A file of a data set as it was published. Immutable.
 *
 * @param name of the file
 * @param bytes its exact length
 * @param sha256 its SHA-256 in lower-case hexadecimal digits
 * @param places where it can be had, the preferred one first
 */
public record RemoteFile(String name, long bytes, String sha256, List<URI> places) {
  /**
   * Copies the list and checks the rest.
   *
   * @throws IllegalArgumentException for a name with a folder in it, or no SHA-256
   */
  public RemoteFile {
    places = List.copyOf(places);
    if (!name.matches("[\\w.-]+") || name.startsWith(".")) {
      throw new IllegalArgumentException("'" + name + "' is no plain file name");
    }
    if (bytes < 0 || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(name + " has no length or no SHA-256");
    }
  }
}
