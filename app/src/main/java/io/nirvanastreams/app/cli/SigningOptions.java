package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.records.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of commands that publish models. For use as a mixin. */
public final class SigningOptions {
  /** Where a key of this user's own lies: made when first needed, trusted on this machine. */
  private static final Path OWN = Path.of(System.getProperty("user.home"), ".nirvana", "keys");

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description = {
        "Ed25519 private key that signs model manifests; see nirvana models keygen (default: a key"
            + " of this user's own in ~/.nirvana/keys, made when first needed)."
      })
  private Path key;

  @Option(names = "--unsigned", description = "Publish without a signature.")
  private boolean unsigned;

  /**
   * The key; null for none.
   *
   * @throws UsageException when there is no key in the file
   */
  SigningKey key() throws IOException {
    if (unsigned) {
      return null;
    }
    if (key == null) {
      return SigningKey.readOrGenerate(OWN.resolve("signing.pem"), OWN.resolve("trusted.pem"));
    }
    return read(key);
  }

  static SigningKey read(Path file) {
    try {
      return SigningKey.read(file);
    } catch (IOException e) {
      throw new UsageException(
          "the signing key cannot be read from " + file + "; make one with 'nirvana models keygen'",
          e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
