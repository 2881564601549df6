package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.alerts.AlertChannel;
import io.nirvanastreams.app.alerts.Webhook;
import io.nirvanastreams.app.config.UsageException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a webhook. For use as a mixin. */
public final class WebhookOptions {
  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = "POST alerts as signed JSON to this address; never logged as a whole.")
  private URI webhook;

  @Option(
      names = "--webhook-secret-file",
      paramLabel = "FILE",
      description = "File with the secret, of at least 16 characters, that signs them.")
  private Path secret;

  /**
   * The webhook; empty when none is wanted.
   *
   * @throws UsageException when it lacks its secret, or one of both cannot be used
   */
  Optional<AlertChannel> channel(Duration timeout) {
    if (webhook == null) {
      return Optional.empty();
    }
    if (secret == null) {
      throw new UsageException("--webhook needs --webhook-secret-file, which signs the alerts");
    }
    byte[] bytes =
        SecretFile.read("--webhook-secret-file", secret).getBytes(StandardCharsets.UTF_8);
    try {
      return Optional.of(new Webhook(webhook, bytes, timeout, Clock.systemUTC()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
