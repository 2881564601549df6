package io.nirvanastreams.app.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nirvanastreams.app.loopback.LoopbackHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry inside this process, on loopback only, with the part of Confluent's HTTP API
 * that its client uses: subjects, versions, schemas by id, lookups, compatibility checks, levels,
 * mode. Avro only, without references and without deletion.
 *
 * <p>The level is FULL_TRANSITIVE until changed. Everything is kept in the compacted topic {@code
 * _schemas} of the broker, so ids stay the same over a restart. Safe from any thread; {@link
 * #close()} may be called twice.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  private final HttpServer server;
  private final ExecutorService threads;
  private final SchemaLog log;
  private final Routes routes;

  private EmbeddedRegistry(HttpServer server, SchemaLog log, SchemaStore store) {
    this.server = server;
    this.log = log;
    this.routes = new Routes(store);
    this.threads = Executors.newFixedThreadPool(4, EmbeddedRegistry::thread);
  }

  /**
   * Starts the registry; it knows all earlier schemas when this returns.
   *
   * @param bootstrap the broker that keeps the schemas
   * @param port port to listen on; 0 for any free one
   * @throws UncheckedIOException when the port is taken
   */
  public static EmbeddedRegistry start(String bootstrap, int port) {
    return start(store -> TopicSchemaLog.open(bootstrap, store), port);
  }

  /** Starts on any log: the function opens it and replays it into the store. */
  static EmbeddedRegistry start(Function<SchemaStore, SchemaLog> opener, int port) {
    HttpServer server = listen(port);
    try {
      SchemaStore store = new SchemaStore();
      SchemaLog log = opener.apply(store);
      store.writeTo(log);
      EmbeddedRegistry registry = new EmbeddedRegistry(server, log, store);
      server.setExecutor(registry.threads);
      server.createContext("/", registry::handle);
      server.start();
      return registry;
    } catch (RuntimeException e) {
      server.stop(0);
      throw e;
    }
  }

  private static HttpServer listen(int port) {
    try {
      return LoopbackHttp.bind(port);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " on loopback is taken", e);
    }
  }

  /** The base URL, for {@code schema.registry.url}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    log.close();
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw RegistryException.badRequest("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    int status = 200;
    Object answer;
    try {
      answer = routes.answer(request(exchange));
    } catch (RegistryException e) {
      status = e.status();
      answer = Map.of("error_code", e.code(), "message", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("cannot answer {}", exchange.getRequestURI(), e);
      status = 500;
      answer = Map.of("error_code", 500, "message", "Internal Server Error");
    }
    byte[] body = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    exchange.sendResponseHeaders(status, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private static Routes.Request request(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    List<String> path =
        Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
            .filter(part -> !part.isEmpty())
            .map(EmbeddedRegistry::decode)
            .toList();
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
    }
    JsonNode json =
        body.length == 0
            ? MissingNode.getInstance()
            : parse(new String(body, StandardCharsets.UTF_8));
    return new Routes.Request(exchange.getRequestMethod(), path, query, json);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "schema-registry");
    thread.setDaemon(true);
    return thread;
  }
}
