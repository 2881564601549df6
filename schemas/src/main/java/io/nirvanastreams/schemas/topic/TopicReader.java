package io.nirvanastreams.schemas.topic;

import io.nirvanastreams.schemas.serde.AvroSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads whole topics: from the first record to the last one that was committed when reading began.
 * Stateless; a consumer given to it belongs to the calling thread.
 */
public final class TopicReader {
  private static final Duration POLL = Duration.ofMillis(100);

  private TopicReader() {}

  /**
   * A consumer for reading whole topics: committed records only, no group, no offsets kept.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   */
  public static Consumer<String, byte[]> consumer(Map<String, ?> kafka) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * The latest value of every key of a topic, in the order of their offsets within a partition;
   * deleted keys are left out.
   *
   * @param timeout longest time without reaching the end
   * @throws TimeoutException when the end is not reached in time
   * @throws UnknownTopicOrPartitionException when the cluster has no such topic
   */
  public static Map<String, byte[]> latest(
      Consumer<String, byte[]> consumer, Topic topic, Duration timeout) {
    Map<String, byte[]> latest = new LinkedHashMap<>();
    latestRecords(consumer, topic, timeout, key -> true)
        .forEach((key, record) -> latest.put(key, record.value()));
    return latest;
  }

  /**
   * The latest value of every key that is wanted, read; otherwise as {@link #latest(Consumer,
   * Topic, Duration)}.
   *
   * @throws org.apache.kafka.common.errors.SerializationException when one cannot be read; the
   *     message says where it stands when its schema is the matter
   */
  public static <T> Map<String, T> latest(
      Consumer<String, byte[]> consumer,
      Topic topic,
      Deserializer<T> deserializer,
      Duration timeout,
      Predicate<String> wanted) {
    Map<String, T> latest = new LinkedHashMap<>();
    latestRecords(consumer, topic, timeout, wanted)
        .forEach((key, record) -> latest.put(key, AvroSerdes.read(deserializer, record)));
    return latest;
  }

  private static Map<String, ConsumerRecord<String, byte[]>> latestRecords(
      Consumer<String, byte[]> consumer, Topic topic, Duration timeout, Predicate<String> wanted) {
    Map<String, ConsumerRecord<String, byte[]>> latest = new LinkedHashMap<>();
    readToEnd(
        consumer,
        List.of(topic),
        timeout,
        record -> {
          if (wanted.test(record.key())) {
            latest.remove(record.key()); // a later value stands at its own place
            if (record.value() != null) {
              latest.put(record.key(), record);
            }
          }
        });
    return latest;
  }

  /**
   * Gives every record of the topics to the handler: in order within a partition, the partitions
   * interleaved.
   *
   * @param timeout longest time without reaching the end
   * @throws TimeoutException when the end is not reached in time
   * @throws UnknownTopicOrPartitionException when the cluster lacks one of the topics
   */
  public static void readToEnd(
      Consumer<String, byte[]> consumer,
      Collection<Topic> topics,
      Duration timeout,
      java.util.function.Consumer<ConsumerRecord<String, byte[]>> handler) {
    List<TopicPartition> partitions = partitions(consumer, topics);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!reached(consumer, ends)) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException(
            "no end of " + partitions + " within " + timeout.toMillis() + " ms");
      }
      consumer.poll(POLL).forEach(handler);
    }
  }

  /**
   * The partitions of topics.
   *
   * @throws UnknownTopicOrPartitionException when the cluster lacks one of the topics
   */
  public static List<TopicPartition> partitions(Consumer<?, ?> consumer, Collection<Topic> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : topics) {
      List<PartitionInfo> found = consumer.partitionsFor(topic.name());
      if (found == null || found.isEmpty()) {
        throw new UnknownTopicOrPartitionException(
            "the cluster has no topic " + topic.name() + "; create the topics first");
      }
      found.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    }
    return partitions;
  }

  private static boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
