package io.nirvanastreams.app.clients;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer on one thread that follows some topics for ever, without a group and without
 * committing. A record that cannot be read is logged and left out; when the registry is away it
 * waits instead, because the record may well be readable.
 */
public final class TopicTail implements AutoCloseable {
  /** Start at the first record of a partition. */
  public static final long FROM_BEGINNING = Long.MAX_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long RETRY_MILLIS = 1000;

  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, Sink> sinks = new HashMap<>();
  private final Map<TopicPartition, Long> endAtStart = new HashMap<>();
  private final Consumer<String> problem;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private boolean registryAway;

  /**
   * A tail that follows nothing yet.
   *
   * @param name of its thread
   * @param clients settings of the Kafka clients
   * @param problem told in one sentence when nothing can be read, and an empty one when that is
   *     over
   */
  public TopicTail(String name, Map<String, Object> clients, Consumer<String> problem) {
    Map<String, Object> config = new HashMap<>(clients);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Retention may overtake a slow console: go on with what is left.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    this.problem = problem;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /**
   * Follows a topic; before {@link #start}.
   *
   * @param back how many records before the end to start at in each partition
   */
  public void follow(String topic, long back, Sink sink) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic);
    if (infos == null || infos.isEmpty()) {
      throw new KafkaException(
          "topic " + topic + " does not exist; create it with: nirvana topics create");
    }
    List<TopicPartition> partitions =
        infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    List<TopicPartition> all = new ArrayList<>(consumer.assignment());
    all.addAll(partitions);
    consumer.assign(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long begin = begins.get(partition);
      long end = ends.get(partition);
      consumer.seek(partition, end - begin > back ? end - back : begin);
      endAtStart.put(partition, end);
    }
    sinks.put(topic, sink);
  }

  /** Starts to read. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        for (ConsumerRecord<String, byte[]> consumed : consumer.poll(POLL)) {
          deliver(consumed);
        }
      }
    } catch (WakeupException e) {
      LOG.debug("woken up to close");
    } catch (RuntimeException e) {
      LOG.error("no more records are read of {}", sinks.keySet(), e);
      problem.accept("No more records: " + e.getMessage());
    } finally {
      consumer.close();
    }
  }

  private void deliver(ConsumerRecord<String, byte[]> consumed) {
    boolean fresh =
        consumed.offset()
            >= endAtStart.get(new TopicPartition(consumed.topic(), consumed.partition()));
    while (closing.getCount() > 0) {
      try {
        sinks.get(consumed.topic()).accept(consumed, fresh);
        registryAnswers();
        return;
      } catch (SerializationException e) {
        if (!(e.getCause() instanceof IOException)) {
          LOG.warn(
              "left out {}-{} at {}: {}",
              consumed.topic(),
              consumed.partition(),
              consumed.offset(),
              e.getMessage());
          return;
        }
        awaitRegistry(e);
      }
    }
  }

  private void registryAnswers() {
    if (registryAway) {
      registryAway = false;
      problem.accept("");
    }
  }

  private void awaitRegistry(SerializationException e) {
    registryAway = true;
    problem.accept("The schema registry does not answer: " + e.getCause().getMessage());
    try {
      boolean ends = closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      LOG.debug("registry away, ends: {}", ends);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    if (thread.getState() == Thread.State.NEW) {
      consumer.close();
      return;
    }
    consumer.wakeup();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
