package io.nirvanastreams.app.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stretch of network on loopback that can be made slow: what is sent to its port goes to another
 * port, piece by piece, each held up for a while. Connections are cut when the other side cuts them
 * or is not there. {@link #close()} cuts all. Safe from any thread.
 *
 * <p>Two threads a connection: a broker of a test has some dozens of connections, and a blocking
 * copy is easy to trust.
 */
final class TcpHop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpHop.class);
  private static final int PIECE = 64 * 1024;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Duration delay;

  private TcpHop(ServerSocket server, int target, Duration delay) {
    this.server = server;
    this.target = target;
    this.delay = delay;
  }

  /**
   * A hop on a free port.
   *
   * @param target port on loopback that it leads to
   * @param delay of each piece in each direction
   */
  static TcpHop to(int target, Duration delay) {
    try {
      TcpHop hop =
          new TcpHop(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target, delay);
      daemon("hop-" + hop.port(), hop::accept);
      return hop;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on loopback", e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on each piece is held up for so long, those under way included. */
  void delay(Duration each) {
    delay = each;
  }

  @Override
  public void close() {
    cut(server);
    open.forEach(TcpHop::cut);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        join(server.accept());
      } catch (IOException e) {
        LOG.debug("no further connection at hop {}: {}", server.getLocalPort(), e.getMessage());
      }
    }
  }

  private void join(Socket client) {
    open.add(client);
    try {
      Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(broker);
      client.setTcpNoDelay(true);
      broker.setTcpNoDelay(true);
      daemon("hop-in-" + target, () -> copy(client, broker));
      daemon("hop-out-" + target, () -> copy(broker, client));
    } catch (IOException e) {
      LOG.debug("nobody listens behind the hop to {}: {}", target, e.getMessage());
      forget(client);
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] piece = new byte[PIECE];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
        Thread.sleep(delay.toMillis());
        out.write(piece, 0, size);
      }
    } catch (IOException e) {
      LOG.debug("a connection to {} is cut: {}", target, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      forget(from);
      forget(to);
    }
  }

  private void forget(Socket socket) {
    open.remove(socket);
    cut(socket);
  }

  private static void cut(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      LOG.debug("a socket does not close: {}", e.getMessage());
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
