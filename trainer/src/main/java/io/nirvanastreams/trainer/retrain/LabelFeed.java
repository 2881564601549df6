package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads novelties, members, groups and labels from the beginning and hands them to the collector.
 * No offsets are kept: what a restart must know again is what the topics hold. For one thread.
 */
final class LabelFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LabelFeed.class);

  private final Consumer<String, byte[]> consumer;
  private final AvroSerdes serdes;
  private final Topics topics;
  private final LabelCollector collector;
  private final Clock clock;
  private final Map<Class<?>, Deserializer<?>> deserializers = new HashMap<>();
  private Map<TopicPartition, Long> ends = Map.of();
  private boolean caughtUp;

  LabelFeed(
      Consumer<String, byte[]> consumer,
      AvroSerdes serdes,
      Topics topics,
      LabelCollector collector,
      Clock clock) {
    this.consumer = consumer;
    this.serdes = serdes;
    this.topics = topics;
    this.collector = collector;
    this.clock = clock;
  }

  /**
   * Goes to the beginning of the topics.
   *
   * @throws org.apache.kafka.common.errors.UnknownTopicOrPartitionException when one is missing
   */
  void open() {
    List<Topic> read =
        List.of(topics.labels(), topics.groups(), topics.members(), topics.novelties());
    List<TopicPartition> partitions = TopicReader.partitions(consumer, read);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    ends = consumer.endOffsets(partitions);
  }

  /** Hands on what has arrived, and waits at most so long for something to arrive. */
  void poll(Duration timeout) {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(timeout)) {
      try {
        hand(record);
      } catch (SerializationException e) {
        LOG.warn(
            "passed over {}-{}@{}: {}",
            record.topic(),
            record.partition(),
            record.offset(),
            e.getMessage());
      }
    }
    caughtUp =
        caughtUp
            || ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Whether all that was there when the feed was opened has been read. */
  boolean caughtUp() {
    return caughtUp;
  }

  private void hand(ConsumerRecord<String, byte[]> record) {
    String topic = record.topic();
    if (topic.equals(topics.labels().name())) {
      LabelAssigned label = record.value() == null ? null : read(record, LabelAssigned.class);
      collector.label(record.key(), label, clock.instant());
      if (label != null) {
        TraceContext.of(record.headers())
            .ifPresent(trace -> collector.trace(label.getClassName(), trace));
      }
    } else if (record.value() == null) {
      return; // a group that was forgotten: its members stay what they were named
    } else if (topic.equals(topics.groups().name())) {
      collector.group(read(record, NoveltyGroup.class));
    } else if (topic.equals(topics.members().name())) {
      collector.member(read(record, GroupMember.class));
    } else {
      collector.novelty(read(record, Novelty.class));
    }
  }

  private <T extends SpecificRecord> T read(ConsumerRecord<String, byte[]> record, Class<T> type) {
    return deserializer(type).deserialize(record.topic(), record.value());
  }

  @SuppressWarnings("unchecked") // the map holds T's deserializer under T
  private <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
    return (Deserializer<T>) deserializers.computeIfAbsent(type, key -> serdes.deserializer(type));
  }

  @Override
  public void close() {
    consumer.close();
    deserializers.values().forEach(Deserializer::close);
  }
}
