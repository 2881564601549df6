package io.nirvanastreams.trainer.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the files of a data set are taken from. Immutable. */
public sealed interface Origin {

  /** The places of the catalogue. */
  record Official() implements Origin {}

  /**
   * Another web place.
   *
   * @param place the file, or with a slash at the end the folder that holds the files
   */
  record Web(URI place) implements Origin {
    List<URI> of(RemoteFile file) {
      return List.of(place.getPath().endsWith("/") ? place.resolve(file.name()) : place);
    }
  }

  /**
   * A place on this machine.
   *
   * @param path the file, or the folder that holds the files
   */
  record Local(Path path) implements Origin {
    Path of(RemoteFile file) throws IOException {
      Path found = Files.isDirectory(path) ? path.resolve(file.name()) : path;
      if (!Files.isRegularFile(found)) {
        throw new FetchFailedException("There is no file " + found + "; bring it there first");
      }
      return found;
    }
  }

  /**
   * Reads what a user says: a path, or an address that starts with {@code http}.
   *
   * @throws IllegalArgumentException when it is neither, or one file is given for several
   */
  static Origin parse(String text, DataSet set) {
    boolean several = set.files().size() > 1;
    if (text.matches("https?://.*")) {
      URI place = URI.create(text);
      if (several && !place.getPath().endsWith("/")) {
        throw new IllegalArgumentException(
            "%s has %d files; give the address of their folder, with a slash at the end"
                .formatted(set.name(), set.files().size()));
      }
      return new Web(place);
    }
    Path path = Path.of(text);
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("There is no " + path + "; check the path");
    }
    if (several && !Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "%s has %d files; give the folder that holds them"
              .formatted(set.name(), set.files().size()));
    }
    return new Local(path);
  }
}
