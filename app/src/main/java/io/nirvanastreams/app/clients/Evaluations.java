package io.nirvanastreams.app.clients;

import io.nirvanastreams.schemas.Evaluation;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what processors found of candidates. Stateless. */
public final class Evaluations {
  private Evaluations() {}

  /**
   * The evaluations of a candidate, by the version that was live beside it.
   *
   * @param since those of intervals that ended before are left out
   */
  public static SortedMap<Integer, List<Evaluation>> read(
      ClusterAccess cluster, String name, int version, Instant since) {
    SortedMap<Integer, List<Evaluation>> found = new TreeMap<>();
    Topic topic = cluster.topics().evaluations();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(cluster.kafka());
        Deserializer<Evaluation> deserializer = cluster.serdes().deserializer(Evaluation.class)) {
      Map<TopicPartition, Long> ends = begin(consumer, topic, since);
      while (!reached(consumer, ends)) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(ClusterAccess.PATIENCE)) {
          Evaluation one = AvroSerdes.read(deserializer, record);
          if (one.getName().equals(name)
              && one.getVersion() == version
              && one.getUntil().isAfter(since)) {
            found.computeIfAbsent(one.getLiveVersion(), any -> new ArrayList<>()).add(one);
          }
        }
      }
    }
    return found;
  }

  /** A record is written after its interval: none before that time is of interest. */
  private static Map<TopicPartition, Long> begin(
      Consumer<String, byte[]> consumer, Topic topic, Instant since) {
    List<TopicPartition> partitions = TopicReader.partitions(consumer, List.of(topic));
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> first :
        consumer.offsetsForTimes(times).entrySet()) {
      consumer.seek(
          first.getKey(),
          first.getValue() == null ? ends.get(first.getKey()) : first.getValue().offset());
    }
    return ends;
  }

  private static boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
