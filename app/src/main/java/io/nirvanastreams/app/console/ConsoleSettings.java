package io.nirvanastreams.app.console;

import io.nirvanastreams.app.console.access.Tokens;
import io.nirvanastreams.schemas.topic.Topics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * How a console is started. Immutable.
 *
 * @param address where to listen; port 0 for a free one
 * @param tokens who may come in; null for everybody on this machine
 * @param topics the topic catalogue
 * @param clients settings of the Kafka clients, {@code bootstrap.servers} among them
 * @param registry settings of the serdes, {@code schema.registry.url} among them
 */
public record ConsoleSettings(
    InetSocketAddress address,
    Tokens tokens,
    Topics topics,
    Map<String, Object> clients,
    Map<String, Object> registry) {

  /** Copies the settings. */
  public ConsoleSettings {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("the host '" + address.getHostString() + "' is not known");
    }
    clients = Map.copyOf(clients);
    registry = Map.copyOf(registry);
  }

  /** A console for whoever sits at this machine. */
  public static ConsoleSettings onLoopback(
      int port, Topics topics, Map<String, Object> clients, Map<String, Object> registry) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in 0..65535");
    }
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new ConsoleSettings(address, null, topics, clients, registry);
  }
}
