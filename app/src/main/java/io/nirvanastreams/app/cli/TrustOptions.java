package io.nirvanastreams.app.cli;

import io.nirvanastreams.processor.ProcessorSettings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of commands that load models. For use as a mixin. */
public final class TrustOptions {
  @Option(
      names = "--trusted-keys",
      paramLabel = "FILE",
      defaultValue = "${sys:user.home}/.nirvana/keys/trusted.pem",
      description =
          "Public keys, as PEM, of those whose models may answer (default: ${DEFAULT-VALUE}).")
  private Path keys;

  @Option(
      names = "--allow-unsigned",
      description = "Answer with models that are not signed as well.")
  private boolean unsigned;

  /** Adds the settings of a processor. */
  void addTo(Map<String, Object> values) {
    values.put(ProcessorSettings.TRUSTED_KEYS, keys.toString());
    values.put(ProcessorSettings.UNSIGNED_MODELS, unsigned);
  }
}
