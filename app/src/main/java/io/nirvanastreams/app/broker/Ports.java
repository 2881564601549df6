package io.nirvanastreams.app.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The loopback ports of a local cluster; 0 stands for any free port. Immutable.
 *
 * @param broker port that Kafka clients connect to
 * @param controller port of the KRaft controller
 * @param registry port of the schema registry
 */
public record Ports(int broker, int controller, int registry) {
  /** Any free ports. */
  public static final Ports FREE = new Ports(0, 0, 0);

  /** Refuses what is no port. */
  public Ports {
    check(broker);
    check(controller);
    check(registry);
  }

  /**
   * The same ports with real numbers for the broker and the controller, which must be known before
   * either starts. A stranger may still take one of them in between: only the broker's own bind
   * decides.
   *
   * @throws ClusterException when a given port is taken
   */
  Ports resolved() {
    try (ServerSocket first = bind(broker);
        ServerSocket second = bind(controller)) {
      return new Ports(first.getLocalPort(), second.getLocalPort(), registry);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot probe ports", e);
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new ClusterException(
          "port "
              + port
              + " on loopback is taken; stop the program that listens there or choose another port",
          e);
    }
  }

  private static void check(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }
}
