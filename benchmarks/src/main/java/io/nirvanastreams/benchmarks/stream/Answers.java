package io.nirvanastreams.benchmarks.stream;

import io.nirvanastreams.app.clients.ClusterAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sees the answers as any reader of committed records does, from now on. For one thread. */
final class Answers implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int WARM_ANSWERS = 1_500;
  private static final Duration LONGEST_WARMING = Duration.ofSeconds(12);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final KafkaConsumer<byte[], byte[]> consumer;

  Answers(ClusterAccess access) {
    Map<String, Object> config = new HashMap<>(access.kafka());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, Fixture.PARTITIONS)
            .mapToObj(i -> new TopicPartition(access.topics().recognitions().name(), i))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /**
   * What was counted.
   *
   * @param perSecond answers visible in a second
   * @param count answers
   */
  record Rate(double perSecond, long count) {}

  /**
   * Counts once the first answers are there and the subject is warm: after so many seconds, and so
   * many answers that its code is compiled, which slow subjects do not wait for forever.
   *
   * @param available images in the topic; the count ends when all are answered
   */
  Rate rate(double warmSeconds, double seconds, long available, Runnable begin) {
    long seen = await();
    long warmEnd = System.nanoTime() + (long) (warmSeconds * 1e9);
    long longest = warmEnd + LONGEST_WARMING.toNanos();
    while (seen < available / 2
        && (System.nanoTime() < warmEnd || (seen < WARM_ANSWERS && System.nanoTime() < longest))) {
      seen += consumer.poll(POLL).count();
    }
    begin.run();
    long start = System.nanoTime();
    long last = start;
    long counted = 0;
    while (System.nanoTime() - start < seconds * 1e9 && seen < available) {
      int count = consumer.poll(POLL).count();
      if (count > 0) {
        last = System.nanoTime();
      }
      counted += count;
      seen += count;
    }
    return new Rate(counted / ((last - start) / 1e9), counted);
  }

  /** Hands on answers as they become visible, for so long. */
  void read(double seconds, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      consumer.poll(POLL).forEach(reader);
    }
  }

  private long await() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      int count = consumer.poll(POLL).count();
      if (count > 0) {
        return count;
      }
    }
    throw new IllegalStateException("no answer came; see the log of the subject");
  }

  @Override
  public void close() {
    consumer.close();
  }
}
