package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.alerts.AlertChannel;
import io.nirvanastreams.app.alerts.MqttChannel;
import io.nirvanastreams.app.alerts.MqttSettings;
import io.nirvanastreams.app.alerts.TopicTemplate;
import io.nirvanastreams.app.alerts.TrustedAuthorities;
import io.nirvanastreams.app.config.UsageException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of an MQTT broker. For use as a mixin. */
public final class MqttOptions {
  @Option(
      names = "--mqtt",
      paramLabel = "mqtt[s]://HOST[:PORT]",
      description = "Publish alerts to this MQTT 5 broker with QoS 1; mqtts is TLS.")
  private URI broker;

  @Option(
      names = "--mqtt-topic",
      paramLabel = "TEMPLATE",
      defaultValue = "nirvana/alerts/{scope}/{kind}/{group}",
      description = "Topic, with {scope}, {kind} and {group} (default: ${DEFAULT-VALUE}).")
  private String topic;

  @Option(names = "--mqtt-user", paramLabel = "NAME", description = "User at the broker.")
  private String user = "";

  @Option(
      names = "--mqtt-password-file",
      paramLabel = "FILE",
      description = "File with the user's password.")
  private Path password;

  @Option(
      names = "--mqtt-ca",
      paramLabel = "FILE",
      description = "PEM file of the authority that is trusted (default: those of Java).")
  private Path authority;

  /**
   * The broker; empty when none is wanted.
   *
   * @throws UsageException when an option cannot be used
   */
  Optional<AlertChannel> channel(Duration timeout) {
    if (broker == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new MqttChannel(
              new MqttSettings(
                  broker,
                  new TopicTemplate(topic),
                  user == null ? "" : user,
                  password == null ? "" : SecretFile.read("--mqtt-password-file", password),
                  authority == null ? null : TrustedAuthorities.of(authority),
                  timeout)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
