package io.nirvanastreams.processor.model;

import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the control topics of models as they are now, each to its end, with a consumer of its own.
 * Safe for any thread.
 */
public final class ControlTopics implements ModelArchive {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, ?> kafka;
  private final AvroSerdes serdes;
  private final Topics topics;

  /**
   * The topics of a cluster.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   */
  public ControlTopics(Map<String, ?> kafka, AvroSerdes serdes, Topics topics) {
    this.kafka = kafka;
    this.serdes = serdes;
    this.topics = topics;
  }

  /** Tells of everything, promotions last: by then their versions are whole. */
  public void tell(ControlListener listener) {
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(kafka)) {
      parts(consumer, key -> true, listener);
      read(consumer, topics.promotions(), Promotion.class, key -> true, listener::promotion);
    }
  }

  @Override
  public void recall(String modelName, int version, ControlListener listener) {
    String key = ModelKeys.version(modelName, version);
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(kafka)) {
      parts(consumer, one -> one.equals(key) || one.startsWith(key + "/"), listener);
    }
  }

  private void parts(
      Consumer<String, byte[]> consumer, Predicate<String> wanted, ControlListener listener) {
    read(consumer, topics.models(), ModelManifest.class, wanted, listener::manifest);
    read(consumer, topics.centres(), ClassCentre.class, wanted, listener::centre);
    read(consumer, topics.thresholds(), Calibration.class, wanted, listener::calibration);
  }

  private <T extends SpecificRecord> void read(
      Consumer<String, byte[]> consumer,
      Topic topic,
      Class<T> type,
      Predicate<String> wanted,
      BiConsumer<String, T> listener) {
    try (Deserializer<T> deserializer = serdes.deserializer(type)) {
      TopicReader.latest(
              consumer, topic, deserializer, PATIENCE, key -> key != null && wanted.test(key))
          .forEach(listener);
    }
  }
}
