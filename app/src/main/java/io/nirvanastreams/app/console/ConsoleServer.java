package io.nirvanastreams.app.console;

import io.nirvanastreams.app.audit.KafkaAudit;
import io.nirvanastreams.app.console.feed.ConsoleFeed;
import io.nirvanastreams.app.console.feed.KafkaLabels;
import io.nirvanastreams.app.console.feed.KafkaPromotions;
import io.nirvanastreams.app.console.http.ConsoleHttp;
import io.nirvanastreams.app.console.http.Desk;
import io.nirvanastreams.app.console.view.ConsoleState;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The running console: follows the topics, serves the page, writes what people decide.
 *
 * <p>It joins no consumer group and commits nothing: any number of consoles may run beside the
 * processors without taking part in anything. Without tokens, whoever can open a connection on this
 * machine may name groups and promote, and nobody elsewhere can; with tokens, who has one. Every
 * decision leaves a record on the audit topic. Safe from any thread.
 */
public final class ConsoleServer implements AutoCloseable {
  // A person is waiting: give up long before the client's two minutes.
  private static final int DELIVERY_MILLIS = 10_000;

  private final ConsoleView view;
  private final ConsoleFeed feed;
  private final ControlProducer producer;
  private final ConsoleHttp http;

  private ConsoleServer(
      ConsoleView view, ConsoleFeed feed, ControlProducer producer, ConsoleHttp http) {
    this.view = view;
    this.feed = feed;
    this.producer = producer;
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
    Topics topics = settings.topics();
    AvroSerdes serdes = new AvroSerdes(settings.registry());
    Clock clock = Clock.systemUTC();
    ConsoleView view = new ConsoleView(clock);
    KafkaAudit.requireTopic(topics, settings.clients());
    ConsoleFeed feed = ConsoleFeed.start(topics, settings.clients(), serdes, view);
    ControlProducer producer = null;
    try {
      producer = new ControlProducer(impatient(settings.clients()), serdes);
      Desk desk =
          new Desk(
              new KafkaLabels(topics, producer, feed::trace),
              new KafkaPromotions(topics, settings.clients(), serdes, producer, clock),
              new KafkaAudit(topics, producer));
      ConsoleHttp http =
          ConsoleHttp.start(settings.address(), settings.tokens(), view, desk, clock);
      return new ConsoleServer(view, feed, producer, http);
    } catch (IOException | RuntimeException e) {
      if (producer != null) {
        producer.close();
      }
      feed.close();
      throw e;
    }
  }

  private static Map<String, Object> impatient(Map<String, Object> clients) {
    Map<String, Object> config = new HashMap<>(clients);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
    return config;
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
    producer.close();
    feed.close();
  }
}
