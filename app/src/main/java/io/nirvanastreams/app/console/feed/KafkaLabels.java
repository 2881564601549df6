package io.nirvanastreams.app.console.feed;

import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes labels to their topic, acknowledged by all in-sync replicas. Safe from any thread. */
public final class KafkaLabels implements Labels, AutoCloseable {
  // A person is waiting: give up long before the client's two minutes.
  private static final int DELIVERY_MILLIS = 10_000;

  private final String topic;
  private final Function<String, Optional<TraceContext>> traces;
  private final KafkaProducer<String, LabelAssigned> producer;

  /**
   * A producer for the labels of a catalogue.
   *
   * @param clients settings of the Kafka clients
   * @param traces the trace that a subject stands in; its label goes on in it
   */
  public KafkaLabels(
      Topics topics,
      Map<String, Object> clients,
      AvroSerdes serdes,
      Function<String, Optional<TraceContext>> traces) {
    this.traces = traces;
    Map<String, Object> config = new HashMap<>(clients);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
    this.topic = topics.labels().name();
    this.producer =
        new KafkaProducer<>(config, new StringSerializer(), serdes.<LabelAssigned>serializer());
  }

  @Override
  public void write(LabelAssigned label) {
    try {
      ProducerRecord<String, LabelAssigned> sending =
          new ProducerRecord<>(topic, label.getSubjectId(), label);
      traces.apply(label.getSubjectId()).ifPresent(trace -> trace.addTo(sending.headers()));
      producer.send(sending).get();
    } catch (ExecutionException e) {
      throw new KafkaException("the label was not stored: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
