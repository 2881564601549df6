package io.nirvanastreams.stores.blob;

import java.util.List;

/** Names under which folders are stored afar. Stateless. */
final class BlobNames {
  private static final int LONGEST = 200;

  private BlobNames() {}

  /**
   * The name.
   *
   * @throws IllegalArgumentException unless it is parts of letters, digits, '.', '_' and '-',
   *     separated by '/'
   */
  static String checked(String name) {
    if (name.length() > LONGEST
        || !name.matches("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")
        || List.of(name.split("/", -1)).stream().anyMatch(List.of(".", "..")::contains)) {
      throw new IllegalArgumentException("no name inside the store: " + name);
    }
    return name;
  }
}
