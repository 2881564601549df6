package io.nirvanastreams.app.console.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One page that listens. Its messages wait in a short queue; a page that does not keep up is
 * dropped, and gets the whole state when its browser connects again.
 */
final class EventClient {
  private static final int WAITING = 32;
  private static final long HEARTBEAT_SECONDS = 10;

  private final HttpExchange exchange;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING);
  private volatile boolean ended;

  EventClient(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** Hands on a message; false when the page is too slow. Never waits. */
  boolean offer(String message) {
    return waiting.offer(message);
  }

  /** Writes messages until the page goes away or {@link #end} is called. */
  void run() throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    try {
      while (!ended) {
        String message = waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        // A comment; writing it is how a page that went away is noticed.
        String text = message == null ? ":\n\n" : "data: " + message + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the connection, also in the middle of a write that does not get through. */
  void end() {
    ended = true;
    exchange.close();
  }
}
