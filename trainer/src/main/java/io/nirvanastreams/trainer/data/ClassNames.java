package io.nirvanastreams.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** Files of class names: one a line, blank lines ignored. Stateless. */
final class ClassNames {
  private ClassNames() {}

  static List<String> read(Path file) throws IOException {
    List<String> names =
        Files.readAllLines(file).stream().map(String::trim).filter(n -> !n.isEmpty()).toList();
    if (new HashSet<>(names).size() != names.size()) {
      throw new UnusableDataException(file + " names a class twice; make the names unique");
    }
    return names;
  }
}
