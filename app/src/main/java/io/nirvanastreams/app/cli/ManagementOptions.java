package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.management.Health;
import io.nirvanastreams.app.management.ManagementServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The option of services that tell how they are. For use as a mixin. */
public final class ManagementOptions {
  private static final Pattern ADDRESS = Pattern.compile("(?:(.+):)?(\\d{1,5})");

  @Option(
      names = "--management-address",
      paramLabel = "[HOST:]PORT",
      description =
          "Serve /health/live, /health/ready, /health/started and /metrics here; HOST is 127.0.0.1"
              + " if left out (default: not served).")
  private String address;

  /** What is served while a command runs; nothing where nothing was asked for. */
  record Served(ManagementServer server) implements AutoCloseable {
    /** Tells the user where it is. */
    void announce(PrintWriter out) {
      if (server != null) {
        out.println("Health and metrics at " + server.uri());
      }
    }

    @Override
    public void close() {
      if (server != null) {
        server.close();
      }
    }
  }

  /**
   * Serves what was asked for.
   *
   * @throws UsageException when the address cannot be used
   */
  Served serve(Supplier<Health> health, Supplier<String> metrics) {
    if (address == null || address.isBlank()) {
      return new Served(null);
    }
    Matcher matcher = ADDRESS.matcher(address);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : -1;
    if (port < 0 || port > 65_535) {
      throw new UsageException(
          "--management-address is '" + address + "'; write a port or HOST:PORT, such as 9404");
    }
    String host = matcher.group(1) == null ? "127.0.0.1" : matcher.group(1);
    InetSocketAddress socket = new InetSocketAddress(host, port);
    if (socket.isUnresolved()) {
      throw new UsageException("--management-address names the unknown host '" + host + "'");
    }
    try {
      return new Served(ManagementServer.start(socket, health, metrics));
    } catch (IOException e) {
      throw new UsageException(
          "cannot listen on --management-address " + address + ": " + e.getMessage(), e);
    }
  }
}
