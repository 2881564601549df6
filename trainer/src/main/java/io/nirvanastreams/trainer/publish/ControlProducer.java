package io.nirvanastreams.trainer.publish;

import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes records to control topics and returns when all replicas have them. Safe for any thread.
 *
 * <p>Idempotent, not transactional: order is what makes a version whole, and the open transaction
 * of a killed trainer would hold back everyone who reads committed records until it timed out.
 */
public final class ControlProducer implements AutoCloseable {
  private final Producer<String, byte[]> producer;
  private final Serializer<SpecificRecord> serializer;

  /**
   * A producer on a cluster.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   */
  public ControlProducer(Map<String, ?> kafka, AvroSerdes serdes) {
    this(
        new KafkaProducer<>(settings(kafka), new StringSerializer(), new ByteArraySerializer()),
        serdes);
  }

  /** A producer that writes through another, which it closes. */
  public ControlProducer(Producer<String, byte[]> producer, AvroSerdes serdes) {
    this.producer = producer;
    this.serializer = serdes.serializer();
  }

  private static Map<String, Object> settings(Map<String, ?> kafka) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
    settings.putAll(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return settings;
  }

  /**
   * Writes one record and waits for it.
   *
   * @throws KafkaException when it could not be written
   */
  public void write(Topic topic, String key, SpecificRecord value) {
    write(topic, Map.of(key, value));
  }

  /**
   * Writes one record with headers and waits for it.
   *
   * @throws KafkaException when it could not be written
   */
  public void write(Topic topic, String key, SpecificRecord value, Headers headers) {
    byte[] bytes;
    synchronized (serializer) {
      bytes = serializer.serialize(topic.name(), value);
    }
    await(
        topic,
        List.of(producer.send(new ProducerRecord<>(topic.name(), null, key, bytes, headers))));
  }

  /**
   * Deletes what a key of a compacted topic holds, and waits.
   *
   * @throws KafkaException when it could not be written
   */
  public void delete(Topic topic, String key) {
    await(topic, List.of(producer.send(new ProducerRecord<>(topic.name(), key, null))));
  }

  /**
   * Writes records and waits for all of them.
   *
   * @throws KafkaException when one could not be written; others may have been
   */
  public void write(Topic topic, Map<String, ? extends SpecificRecord> values) {
    List<Future<?>> sent = new ArrayList<>();
    synchronized (serializer) { // serializers are for one thread at a time
      values.forEach(
          (key, value) ->
              sent.add(
                  producer.send(
                      new ProducerRecord<>(
                          topic.name(), key, serializer.serialize(topic.name(), value)))));
    }
    await(topic, sent);
  }

  private static void await(Topic topic, List<? extends Future<?>> sent) {
    try {
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException(
          "cannot write to " + topic.name() + ": " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    serializer.close();
  }
}
