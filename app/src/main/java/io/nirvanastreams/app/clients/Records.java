package io.nirvanastreams.app.clients;

import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what a topic holds now. Stateless. */
public final class Records {
  private Records() {}

  /** The latest record of every key of a topic, committed ones only. */
  public static <T extends SpecificRecord> Map<String, T> latest(
      ClusterAccess cluster, Topic topic, Class<T> type) {
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(cluster.kafka());
        Deserializer<T> deserializer = cluster.serdes().deserializer(type)) {
      return TopicReader.latest(consumer, topic, deserializer, ClusterAccess.PATIENCE, key -> true);
    }
  }

  /** The headers of the latest record of a key, committed ones only; empty when it has none. */
  public static Optional<Headers> headers(ClusterAccess cluster, Topic topic, String key) {
    AtomicReference<Headers> latest = new AtomicReference<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(cluster.kafka())) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          ClusterAccess.PATIENCE,
          consumed -> {
            if (key.equals(consumed.key())) {
              latest.set(consumed.headers());
            }
          });
    }
    return Optional.ofNullable(latest.get());
  }
}
