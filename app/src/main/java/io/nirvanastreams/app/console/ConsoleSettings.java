package io.nirvanastreams.app.console;

import io.nirvanastreams.schemas.topic.Topics;
import java.util.Map;

/**
 * How a console is started. Immutable.
 *
 * @param port loopback port; 0 for a free one
 * @param topics the topic catalogue
 * @param clients settings of the Kafka clients, {@code bootstrap.servers} among them
 * @param registry settings of the serdes, {@code schema.registry.url} among them
 */
public record ConsoleSettings(
    int port, Topics topics, Map<String, Object> clients, Map<String, Object> registry) {

  /** Copies the settings. */
  public ConsoleSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in 0..65535");
    }
    clients = Map.copyOf(clients);
    registry = Map.copyOf(registry);
  }
}
