package io.nirvanastreams.stores.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A stand-in for S3: objects in memory, path style, signatures looked at but not computed. */
public final class S3Server implements AutoCloseable {
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final AtomicInteger failures = new AtomicInteger();

  public S3Server() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public S3Objects client() {
    return new S3Objects(
        new S3Settings(endpoint(), ""),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("user", "secret")));
  }

  public URI endpoint() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  public Map<String, byte[]> objects() {
    return objects;
  }

  public List<String> requests() {
    return requests;
  }

  /** The next requests are answered as by a server in trouble. */
  public void failNext(int count) {
    failures.set(count);
  }

  /** Changes an object behind everyone's back. */
  public void spoil(String path, UnaryOperator<byte[]> change) {
    objects.compute(path, (key, bytes) -> change.apply(bytes));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    byte[] body = exchange.getRequestBody().readAllBytes();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      reply(exchange, 503, error("SlowDown"));
    } else if (authorization == null || !authorization.startsWith("AWS4-HMAC-SHA256 Credential")) {
      reply(exchange, 403, error("AccessDenied"));
    } else if (exchange.getRequestMethod().equals("PUT")) {
      objects.put(path, body);
      reply(exchange, 200, new byte[0]);
    } else if (!objects.containsKey(path)) {
      reply(exchange, 404, error("NoSuchKey"));
    } else {
      reply(exchange, 200, objects.get(path));
    }
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static byte[] error(String code) {
    return ("<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>")
        .getBytes(StandardCharsets.UTF_8);
  }
}
