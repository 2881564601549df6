package io.nirvanastreams.processor.replay;

import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records are answered again: offsets of each partition, so that the same range names the
 * same images for ever. Immutable.
 *
 * @param topic the topic
 * @param partitions offsets by partition; partitions without records in the range are left out
 */
public record ImageRange(String topic, Map<Integer, Offsets> partitions) {
  /** Copies the offsets. */
  public ImageRange {
    partitions = Collections.unmodifiableMap(new TreeMap<>(partitions));
  }

  /** Offsets from the first one, included, to the last one, excluded. */
  public record Offsets(long from, long to) {}

  /**
   * The range between two record times: in each partition from the first record that is not before
   * the one to the first record that is not before the other. Records that came late lie where
   * their offset puts them. What is not committed when this is asked is left out.
   *
   * @throws org.apache.kafka.common.errors.UnknownTopicOrPartitionException when there is no such
   *     topic
   */
  public static ImageRange between(Consumer<?, ?> consumer, Topic topic, Instant from, Instant to) {
    List<TopicPartition> all = TopicReader.partitions(consumer, List.of(topic));
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    Map<TopicPartition, Long> starts = offsets(consumer, all, from, ends);
    Map<TopicPartition, Long> stops = offsets(consumer, all, to, ends);
    Map<Integer, Offsets> ranges = new TreeMap<>();
    for (TopicPartition partition : all) {
      long stop = Math.min(stops.get(partition), ends.get(partition));
      if (starts.get(partition) < stop) {
        ranges.put(partition.partition(), new Offsets(starts.get(partition), stop));
      }
    }
    return new ImageRange(topic.name(), ranges);
  }

  /** Offsets in the range; at least the number of records. */
  public long size() {
    return partitions.values().stream().mapToLong(range -> range.to() - range.from()).sum();
  }

  /** As {@code partition:from-to}, for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    partitions.forEach(
        (partition, range) ->
            text.append(text.isEmpty() ? "" : " ")
                .append(partition + ":" + range.from() + "-" + range.to()));
    return text.toString();
  }

  private static Map<TopicPartition, Long> offsets(
      Consumer<?, ?> consumer,
      List<TopicPartition> partitions,
      Instant time,
      Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, Math.max(0, time.toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp at = found.get(partition);
      offsets.put(partition, at == null ? ends.get(partition) : at.offset());
    }
    return offsets;
  }
}
