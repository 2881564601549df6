package io.nirvanastreams.processor.model;

import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends model events to their topic with a producer of its own: loading happens outside any
 * transaction, and an event must not wait for one. An event that cannot be sent is logged; nothing
 * depends on it. Safe for any thread.
 */
public final class ModelEventProducer implements ModelEventSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelEventProducer.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Producer<String, ModelEvent> producer;
  private final String topic;
  // Sending may block on the cluster; the device's thread must not.
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "model-events");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A producer for this cluster.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   */
  public ModelEventProducer(Map<String, Object> kafka, AvroSerdes serdes, String topic) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    this.producer = new KafkaProducer<>(config, new StringSerializer(), serdes.serializer());
    this.topic = topic;
  }

  @Override
  public void accept(ModelEvent event) {
    try {
      sender.execute(() -> send(event));
    } catch (RejectedExecutionException e) {
      LOG.info("Closing; a model event was not sent: {}", event, e);
    }
  }

  @Override
  public void close() {
    sender.shutdown();
    try {
      if (!sender.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Closing with model events unsent");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(CLOSE_PATIENCE);
  }

  private void send(ModelEvent event) {
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topic, ModelKeys.version(event.getName(), event.getVersion()), event),
              (metadata, failure) -> {
                if (failure != null) {
                  LOG.warn("A model event was not sent: {}", event, failure);
                }
              });
    } catch (RuntimeException e) {
      LOG.warn("A model event was not sent: {}", event, e);
    }
  }
}
