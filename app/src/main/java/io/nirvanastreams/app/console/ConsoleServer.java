package io.nirvanastreams.app.console;

import io.nirvanastreams.app.console.feed.ConsoleFeed;
import io.nirvanastreams.app.console.feed.KafkaLabels;
import io.nirvanastreams.app.console.http.ConsoleHttp;
import io.nirvanastreams.app.console.view.ConsoleState;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;

/**
 * The running console: follows the topics, serves the page, writes labels.
 *
 * <p>It joins no consumer group and commits nothing: any number of consoles may run beside the
 * processors without taking part in anything. Without tokens, whoever can open a connection on this
 * machine may name groups, and nobody elsewhere can; with tokens, who has one. Safe from any
 * thread.
 */
public final class ConsoleServer implements AutoCloseable {
  private final ConsoleView view;
  private final ConsoleFeed feed;
  private final KafkaLabels labels;
  private final ConsoleHttp http;

  private ConsoleServer(ConsoleView view, ConsoleFeed feed, KafkaLabels labels, ConsoleHttp http) {
    this.view = view;
    this.feed = feed;
    this.labels = labels;
    this.http = http;
  }

  /**
   * Starts a console. Every answer written after this call returns is shown and counted.
   *
   * @throws IOException when the port is taken
   * @throws org.apache.kafka.common.KafkaException when the cluster cannot be reached or lacks a
   *     topic
   */
  @SuppressWarnings("resource") // owned by the server that is returned, or closed on failure
  public static ConsoleServer start(ConsoleSettings settings) throws IOException {
    AvroSerdes serdes = new AvroSerdes(settings.registry());
    ConsoleView view = new ConsoleView(Clock.systemUTC());
    ConsoleFeed feed = ConsoleFeed.start(settings.topics(), settings.clients(), serdes, view);
    KafkaLabels labels = null;
    try {
      labels = new KafkaLabels(settings.topics(), settings.clients(), serdes, feed::trace);
      ConsoleHttp http =
          ConsoleHttp.start(settings.address(), settings.tokens(), view, labels, Clock.systemUTC());
      return new ConsoleServer(view, feed, labels, http);
    } catch (IOException | RuntimeException e) {
      if (labels != null) {
        labels.close();
      }
      feed.close();
      throw e;
    }
  }

  /** Where the page is. */
  public URI uri() {
    return http.uri();
  }

  /** What it shows now. */
  public ConsoleState state() {
    return view.state();
  }

  /** Ends the connections, then the consumers. Waits a few seconds at most. */
  @Override
  public void close() {
    http.close();
    labels.close();
    feed.close();
  }
}
