package io.nirvanastreams.processor.shadow;

import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.Evaluation;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends evaluations to their topic every few seconds, outside any transaction. What cannot be sent
 * is logged; nothing depends on it. Safe for any thread.
 */
public final class EvaluationProducer implements AutoCloseable {
  /** How often it is told what was compared. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(EvaluationProducer.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Producer<String, Evaluation> producer;
  private final String topic;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "evaluations");
            made.setDaemon(true);
            return made;
          });
  private volatile Supplier<List<Evaluation>> source = List::of;

  /**
   * A producer for this cluster; silent until it is started.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   */
  public EvaluationProducer(Map<String, Object> kafka, AvroSerdes serdes, String topic) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    this.producer = new KafkaProducer<>(config, new StringSerializer(), serdes.serializer());
    this.topic = topic;
  }

  /** Runs things on the thread that sends; drops them when it is closed. */
  public Executor background() {
    return task -> {
      try {
        thread.execute(task);
      } catch (RejectedExecutionException e) {
        LOG.debug("Closed; an image is not looked at", e);
      }
    };
  }

  /**
   * Begins to send.
   *
   * @param evaluations gives what is new
   */
  public void start(Supplier<List<Evaluation>> evaluations) {
    source = evaluations;
    var unused =
        thread.scheduleAtFixedRate(
            this::send, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends what is left. */
  @Override
  public void close() {
    background().execute(this::send);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Closing with evaluations unsent");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(CLOSE_PATIENCE);
  }

  private void send() {
    try {
      for (Evaluation one : source.get()) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, ModelKeys.version(one.getName(), one.getVersion()), one),
                (metadata, failure) -> {
                  if (failure != null) {
                    LOG.warn("An evaluation was not sent: {}", one, failure);
                  }
                });
      }
    } catch (RuntimeException e) { // or the timer would never fire again
      LOG.warn("Evaluations were not sent", e);
    }
  }
}
