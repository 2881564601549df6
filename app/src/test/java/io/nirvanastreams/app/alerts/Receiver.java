package io.nirvanastreams.app.alerts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that takes webhooks, or fails as it is told to. */
final class Receiver implements AutoCloseable {
  final List<Request> requests = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private volatile int status = 204;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::handle);
    server.start();
  }

  record Request(Map<String, List<String>> headers, String body, int status) {
    String header(String name) {
      return headers.get(name).get(0);
    }

    String key() {
      return header(Webhook.IDEMPOTENCY_KEY);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  void answerWith(int code) {
    status = code;
  }

  void holdAnswers() {
    gate = new CountDownLatch(1);
  }

  /** The keys of what it took with a status of success. */
  List<String> taken() {
    return requests.stream().filter(one -> one.status() == 204).map(Request::key).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int answer = status;
      requests.add(new Request(exchange.getRequestHeaders(), body, answer));
      gate.await();
      if (answer == 302) {
        exchange.getResponseHeaders().set("Location", "/elsewhere");
      }
      exchange.sendResponseHeaders(answer, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
    workers.shutdownNow();
  }
}
