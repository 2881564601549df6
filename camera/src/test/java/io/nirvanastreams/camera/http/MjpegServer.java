package io.nirvanastreams.camera.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A camera on the loopback interface: sends images as parts without end, or breaks off. */
final class MjpegServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();

  private MjpegServer(HttpServer server) {
    this.server = server;
  }

  /** What one connection sends after the headers. */
  interface Play {
    void to(OutputStream out, CountDownLatch closed) throws IOException, InterruptedException;
  }

  static MjpegServer start(Play play) {
    return start(200, "multipart/x-mixed-replace; boundary=frame", play);
  }

  static MjpegServer start(int status, String type, Play play) {
    try {
      MjpegServer camera =
          new MjpegServer(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      camera.server.setExecutor(camera.threads);
      camera.server.createContext("/", exchange -> camera.answer(exchange, status, type, play));
      camera.server.start();
      return camera;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void send(OutputStream out, List<byte[]> images) throws IOException {
    for (byte[] image : images) {
      String head = "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ";
      out.write((head + image.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(image);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.flush();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/stream";
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange, int status, String type, Play play)
      throws IOException {
    connections.incrementAndGet();
    String login = exchange.getRequestHeaders().getFirst("Authorization");
    exchange.getResponseHeaders().set("Content-Type", type);
    // cm9vdDpwYXNz is root:pass.
    boolean refused = login != null && !login.equals("Basic cm9vdDpwYXNz");
    exchange.sendResponseHeaders(refused ? 401 : status, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      play.to(out, closed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
