package io.nirvanastreams.trainer.fetch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A web server on the loopback that serves files as well or as badly as a test wants. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Deque<Integer> breaks = new ArrayDeque<>();
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private boolean ranges = true;
  private String tag = "\"first\"";

  FileServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI place(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
  }

  synchronized FileServer put(String name, byte[] content) {
    files.put("/" + name, content);
    return this;
  }

  /** The next answer ends after so many bytes, though it promises all. */
  synchronized FileServer breakAfter(int bytes) {
    breaks.add(bytes);
    return this;
  }

  /** The next answer is this status and nothing else. */
  synchronized FileServer answerWith(int status) {
    statuses.add(status);
    return this;
  }

  synchronized FileServer withoutRanges() {
    ranges = false;
    return this;
  }

  synchronized FileServer withTag(String newTag) {
    tag = newTag;
    return this;
  }

  /** What was asked for: the path, and the range if there was one. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Headers asked = exchange.getRequestHeaders();
      String range = asked.getFirst("Range");
      requests.add(range == null ? path : path + " " + range);
      if (path.startsWith("/moved/")) {
        exchange.getResponseHeaders().set("Location", path.substring("/moved".length()));
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      byte[] content = files.get(path);
      if (!statuses.isEmpty() || content == null) {
        exchange.sendResponseHeaders(content == null ? 404 : statuses.remove(), -1);
        return;
      }
      exchange.getResponseHeaders().set("ETag", tag);
      String condition = asked.getFirst("If-Range");
      int from = 0;
      if (ranges && range != null && (condition == null || condition.equals(tag))) {
        from = Integer.parseInt(range.replaceAll("\\D", ""));
        String given = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
        exchange.getResponseHeaders().set("Content-Range", given);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
      int end = breaks.isEmpty() ? content.length : from + breaks.remove();
      // Closing the exchange drops the connection when less was written than promised.
      OutputStream out = exchange.getResponseBody();
      out.write(Arrays.copyOfRange(content, from, end));
      out.flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
