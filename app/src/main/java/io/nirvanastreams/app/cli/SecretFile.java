package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets come from files: a command line is there for every user of the machine to read. */
final class SecretFile {
  private SecretFile() {}

  /**
   * What the file holds, without the line's end.
   *
   * @throws UsageException when it cannot be read or is empty
   */
  static String read(String option, Path file) {
    try {
      String secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        throw new UsageException(option + ": " + file + " is empty");
      }
      return secret;
    } catch (IOException e) {
      throw new UsageException(option + ": cannot read " + file, e);
    }
  }
}
