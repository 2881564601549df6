package io.nirvanastreams.app.management;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /health/live}, {@code /health/ready}, {@code /health/started} (200 or 503, with
 * JSON that says why) and {@code /metrics} in Prometheus' text format. It tells and never takes:
 * only GET is understood. Safe from any thread.
 */
public final class ManagementServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService workers;
  private final Supplier<Health> health;
  private final Supplier<String> metrics;

  private ManagementServer(HttpServer server, Supplier<Health> health, Supplier<String> metrics) {
    this.server = server;
    this.health = health;
    this.metrics = metrics;
    this.workers =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "management-http");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Serves from now on.
   *
   * @param address where to listen; port 0 for a free one
   * @param health asked at every request
   * @param metrics asked at every request; Prometheus' text format
   * @throws IOException when the address is taken or not this machine's
   */
  public static ManagementServer start(
      InetSocketAddress address, Supplier<Health> health, Supplier<String> metrics)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    ManagementServer management = new ManagementServer(server, health, metrics);
    server.setExecutor(management.workers);
    server.createContext("/", management::handle);
    server.start();
    LOG.info("management at {}", management.uri());
    return management;
  }

  /** Where it is, by the name of this machine's loopback. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, "text/plain", "only GET is understood here\n");
        return;
      }
      answer(exchange, exchange.getRequestURI().getPath());
    } catch (IOException e) {
      LOG.debug("who asked went away", e);
    } catch (RuntimeException e) {
      LOG.error("{} failed", exchange.getRequestURI(), e);
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    switch (path) {
      case "/metrics" -> send(exchange, 200, METRICS_TYPE, metrics.get());
      case "/health/live" -> sendHealth(exchange, Health::live);
      case "/health/ready" -> sendHealth(exchange, Health::ready);
      case "/health/started" -> sendHealth(exchange, Health::started);
      default ->
          send(
              exchange,
              404,
              "text/plain",
              "ask for /metrics, /health/live, /health/ready or /health/started\n");
    }
  }

  private void sendHealth(HttpExchange exchange, Predicate<Health> question) throws IOException {
    Health now = health.get();
    boolean up = question.test(now);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", up ? "UP" : "DOWN");
    body.putAll(now.details());
    send(exchange, up ? 200 : 503, "application/json", JSON.writeValueAsString(body) + "\n");
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
