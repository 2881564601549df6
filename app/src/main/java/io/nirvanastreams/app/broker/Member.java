package io.nirvanastreams.app.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Ports of one broker of several on loopback. Immutable.
 *
 * @param id of the broker, from 1
 * @param listening where it listens
 * @param advertised where everybody else, other brokers too, is told to find it
 * @param slowListening where it listens for those who go the slow way
 * @param slowAdvertised where they are told to find it
 * @param controller where its controller listens
 */
record Member(
    int id, int listening, int advertised, int slowListening, int slowAdvertised, int controller) {
  // Below the ports that the system gives out: a broker that is down must find its own again.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  /** The quorum of controllers, as each broker is told. */
  static String voters(List<Member> members) {
    return String.join(
        ",", members.stream().map(one -> one.id() + "@127.0.0.1:" + one.controller()).toList());
  }

  /** So many ports that nobody listens on. */
  static List<Integer> freePorts(int count, RandomGenerator random) {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      int port = random.nextInt(LOWEST, HIGHEST);
      if (!ports.contains(port) && free(port)) {
        ports.add(port);
      }
    }
    return ports;
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
