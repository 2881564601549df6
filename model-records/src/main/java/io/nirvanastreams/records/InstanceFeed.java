package io.nirvanastreams.records;

import io.nirvanastreams.schemas.ProcessorInstance;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Which processor instances live, by what they said of late. An instance that has said nothing for
 * {@link #SILENCE} is taken for dead; times are those of the brokers, which append the records. For
 * one thread.
 */
public final class InstanceFeed implements AutoCloseable {
  /** How often an instance says that it lives. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  /** After this long without a word an instance is taken for dead. */
  public static final Duration SILENCE = INTERVAL.multipliedBy(5);

  private final Consumer<String, byte[]> consumer;
  private final Deserializer<ProcessorInstance> deserializer;
  private final Topic topic;
  private final Clock clock;
  private final Map<String, Heard> heard = new TreeMap<>();

  /**
   * A feed from a cluster.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   */
  public InstanceFeed(Map<String, ?> kafka, AvroSerdes serdes, Topics topics, Clock clock) {
    this(TopicReader.consumer(kafka), serdes, topics, clock);
  }

  /** A feed through a consumer, which it closes. */
  public InstanceFeed(
      Consumer<String, byte[]> consumer, AvroSerdes serdes, Topics topics, Clock clock) {
    this.consumer = consumer;
    this.deserializer = serdes.deserializer(ProcessorInstance.class);
    this.topic = topics.instances();
    this.clock = clock;
  }

  private record Heard(long atMillis, ProcessorInstance said) {}

  /**
   * The latest words of every living instance that answers with a model, by instance.
   *
   * @param patience longest wait for words that are new
   */
  public List<ProcessorInstance> living(String modelName, Duration patience) {
    if (consumer.assignment().isEmpty()) {
      begin();
    }
    List<TopicPartition> partitions = new ArrayList<>(consumer.assignment());
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    do {
      consumer.poll(patience).forEach(this::hear);
    } while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one)));
    long silentSince = clock.millis() - SILENCE.toMillis();
    return heard.values().stream()
        .filter(one -> one.atMillis() >= silentSince && !one.said().getStopped())
        .map(Heard::said)
        .filter(one -> one.getModelName().equals(modelName))
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
    deserializer.close();
  }

  private void begin() {
    List<TopicPartition> partitions = TopicReader.partitions(consumer, List.of(topic));
    consumer.assign(partitions);
    long since = clock.millis() - SILENCE.toMillis();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, since)).get(partition);
      if (first == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, first.offset());
      }
    }
  }

  private void hear(ConsumerRecord<String, byte[]> record) {
    if (record.value() != null) {
      heard.put(record.key(), new Heard(record.timestamp(), AvroSerdes.read(deserializer, record)));
    }
  }
}
