package io.nirvanastreams.app.console.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nirvanastreams.app.console.access.Tokens;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.app.loopback.LoopbackHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console's HTTP server: on 127.0.0.1, or anywhere for visitors with a token. Safe from any
 * thread.
 */
public final class ConsoleHttp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleHttp.class);
  private static final int THREADS = EventStream.MOST_CLIENTS + 8;

  private final HttpServer server;
  private final ThreadPoolExecutor workers;
  private final Gate gate;
  private final EventStream events;
  private final Api api;

  private ConsoleHttp(HttpServer server, Tokens tokens, ConsoleView view, Desk desk, Clock clock) {
    this.server = server;
    this.gate = new Gate(tokens, clock);
    this.events = new EventStream(view);
    this.api = new Api(view, events, new Decisions(view, desk, gate, clock), gate);
    // More threads than pages may listen, so that listeners cannot starve the rest.
    this.workers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "console-http");
              thread.setDaemon(true);
              return thread;
            });
    this.workers.allowCoreThreadTimeOut(true);
  }

  /**
   * Starts to serve a view.
   *
   * @param address where to listen; port 0 for a free one
   * @param tokens who may come in; null for everybody on this machine
   * @throws IllegalArgumentException when others could connect and nobody asks who they are
   * @throws IOException when the address is taken
   */
  public static ConsoleHttp start(
      InetSocketAddress address, Tokens tokens, ConsoleView view, Desk desk, Clock clock)
      throws IOException {
    if (tokens == null && !address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "a console on " + address.getHostString() + " needs --tokens: others can reach it");
    }
    HttpServer server = LoopbackHttp.bind(address);
    ConsoleHttp http = new ConsoleHttp(server, tokens, view, desk, clock);
    server.setExecutor(http.workers);
    server.createContext("/", http::handle);
    server.start();
    LOG.info("console at {}", http.uri());
    return http;
  }

  /** Where the page is. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      Responses.addSecurityHeaders(exchange);
      try {
        if (!gate.guarded()) { // who has to show a token cannot be lured here by another name
          RequestGuard.checkHost(exchange.getRequestHeaders());
        }
        route(exchange, exchange.getRequestURI().getPath());
      } catch (HttpProblem refused) {
        Responses.sendProblem(exchange, refused.status(), refused.getMessage());
      }
    } catch (IOException e) {
      LOG.debug("a page went away", e);
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
    }
  }

  private void route(HttpExchange exchange, String path) throws IOException, HttpProblem {
    switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> {
        if (path.startsWith("/api/")) {
          api.serve(exchange, Route.find("GET", path));
        } else {
          StaticFiles.send(exchange, path);
        }
      }
      case "POST" -> api.serve(exchange, Route.find("POST", path));
      default -> {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD, POST");
        throw new HttpProblem(405, "only GET and POST are understood here");
      }
    }
  }

  @Override
  public void close() {
    events.close();
    server.stop(0);
    workers.shutdownNow();
  }
}
