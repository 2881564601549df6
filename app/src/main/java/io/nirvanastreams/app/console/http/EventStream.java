package io.nirvanastreams.app.console.http;

import com.sun.net.httpserver.HttpExchange;
import io.nirvanastreams.app.console.view.ConsoleState;
import io.nirvanastreams.app.console.view.ConsoleView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all pages what changed, as server-sent events: the whole state first, then at most five
 * batches of changes a second, whatever the cameras' rate. Safe from any thread.
 */
final class EventStream implements AutoCloseable {
  static final int MOST_CLIENTS = 16;
  private static final long BATCH_MILLIS = 200;
  private static final int FRAMES_PER_BATCH = 12;
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final ConsoleView view;
  private final List<EventClient> clients = new ArrayList<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "console-events");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> ticking;
  private ConsoleState sent;

  EventStream(ConsoleView view) {
    this.view = view;
    this.sent = view.state();
    this.ticking =
        ticker.scheduleWithFixedDelay(
            this::tick, BATCH_MILLIS, BATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Serves one page until it goes away. */
  void serve(HttpExchange exchange) throws IOException, HttpProblem {
    EventClient client = new EventClient(exchange);
    synchronized (clients) {
      if (clients.size() >= MOST_CLIENTS) {
        throw new HttpProblem(503, "too many open pages");
      }
      client.offer(Responses.json(sent));
      clients.add(client);
    }
    try {
      client.run();
    } finally {
      synchronized (clients) {
        clients.remove(client);
      }
    }
  }

  private void tick() {
    List<EventClient> slow = new ArrayList<>();
    try {
      synchronized (clients) {
        ConsoleState now = view.state();
        ConsoleState changes = now.changesSince(sent, FRAMES_PER_BATCH);
        sent = now;
        if (changes.unchanged()) {
          return;
        }
        String message = Responses.json(changes);
        clients.removeIf(client -> !client.offer(message) && slow.add(client));
      }
    } catch (IOException | RuntimeException e) {
      // The ticker would stop for good; the next tick may well succeed.
      LOG.warn("the console's pages were not told of a change", e);
    }
    for (EventClient client : slow) {
      LOG.info("dropped a page that does not keep up; it will connect again");
      client.end();
    }
  }

  @Override
  public void close() {
    ticking.cancel(false);
    ticker.shutdown();
    List<EventClient> open;
    synchronized (clients) {
      open = List.copyOf(clients);
    }
    open.forEach(EventClient::end);
  }
}
