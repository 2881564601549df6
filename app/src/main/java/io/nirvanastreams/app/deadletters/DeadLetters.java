package io.nirvanastreams.app.deadletters;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the topic of the dead letters, committed records only. Beside letters it holds notes that
 * one was sent again ({@link Redrive#NOTE}). For one thread.
 */
public final class DeadLetters implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final Topic topic;

  /** A reader; it keeps no place and joins no group. */
  public DeadLetters(ClusterAccess access) {
    Map<String, Object> config = access.kafka();
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    topic = access.topics().deadLetters();
  }

  /**
   * What the topic holds.
   *
   * @param letters those that are meant, oldest first within a partition
   * @param redriven those that were sent again, of all
   */
  public record Contents(List<Letter> letters, Set<LetterId> redriven) {
    /** Copies the lists. */
    public Contents {
      letters = List.copyOf(letters);
      redriven = Set.copyOf(redriven);
    }
  }

  /** Reads the topic from its start to where it ends now. */
  public Contents read(LetterFilter filter) {
    List<TopicPartition> partitions = TopicReader.partitions(consumer, List.of(topic));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<LetterId, Letter> letters = new LinkedHashMap<>();
    Set<LetterId> redriven = new HashSet<>();
    long deadline = System.nanoTime() + ClusterAccess.PATIENCE.toNanos();
    while (!ends.entrySet().stream().allMatch(end -> passed(end.getKey(), end.getValue()))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        deadline = System.nanoTime() + ClusterAccess.PATIENCE.toNanos();
        note(record).ifPresentOrElse(redriven::add, () -> add(letters, filter, record));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("the end of " + topic.name() + " is not reached");
      }
    }
    return new Contents(new ArrayList<>(letters.values()), redriven);
  }

  /** The whole record of a letter; empty when there is none. */
  public Optional<ConsumerRecord<byte[], byte[]>> record(LetterId id) {
    return record(topic.name(), id.partition(), id.offset()).filter(one -> note(one).isEmpty());
  }

  /** The record at a place of any topic; empty when it is not there, or not any more. */
  public Optional<ConsumerRecord<byte[], byte[]>> record(String name, int number, long offset) {
    TopicPartition partition = new TopicPartition(name, number);
    Map<TopicPartition, Long> bounds = new HashMap<>();
    boolean exists =
        consumer.partitionsFor(name).stream().anyMatch(info -> info.partition() == number);
    if (!exists) {
      return Optional.empty();
    }
    consumer.assign(List.of(partition));
    bounds.putAll(consumer.endOffsets(List.of(partition)));
    if (offset >= bounds.get(partition)
        || offset < consumer.beginningOffsets(List.of(partition)).get(partition)) {
      return Optional.empty();
    }
    consumer.seek(partition, offset);
    long deadline = System.nanoTime() + ClusterAccess.PATIENCE.toNanos();
    while (!passed(partition, offset + 1)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        return record.offset() == offset ? Optional.of(record) : Optional.empty();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException(partition + " at " + offset + " cannot be read");
      }
    }
    return Optional.empty(); // a mark of a transaction
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static void add(
      Map<LetterId, Letter> letters, LetterFilter filter, ConsumerRecord<byte[], byte[]> record) {
    Letter letter = Letter.of(record);
    if (filter.matches(letter)) {
      letters.put(letter.id(), letter);
    }
  }

  private boolean passed(TopicPartition partition, long offset) {
    return consumer.position(partition) >= offset;
  }

  private static Optional<LetterId> note(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(Redrive.NOTE);
    return header == null
        ? Optional.empty()
        : Optional.of(LetterId.of(new String(header.value(), StandardCharsets.UTF_8)));
  }
}
