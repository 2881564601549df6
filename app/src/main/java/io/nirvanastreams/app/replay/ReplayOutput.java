package io.nirvanastreams.app.replay;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.SchemaRegistration;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicAdmin;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The topic that a replay's answers go to: made like the topic of the stream's answers, with a
 * subject of its own. Idempotent, without a transaction: an aborted replay leaves what it answered
 * so far. For one thread.
 */
public final class ReplayOutput implements AutoCloseable {
  private final String topic;
  private final Producer<String, Recognition> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private ReplayOutput(String topic, Producer<String, Recognition> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /**
   * Makes the topic and its subject where they are missing.
   *
   * @throws UsageException when the topic belongs to the stream or holds records already
   */
  public static ReplayOutput open(ClusterAccess cluster, String name) {
    if (cluster.topics().all().stream().anyMatch(topic -> topic.name().equals(name))) {
      throw new UsageException(
          name + " is a topic of the stream; name another one by --output-topic");
    }
    Topic like = cluster.topics().recognitions();
    Topic topic =
        new Topic(
            name,
            like.key(),
            like.schema(),
            "Answers of a replay",
            like.partitioned(),
            like.config());
    try (Admin admin = cluster.admin();
        Consumer<String, byte[]> consumer = TopicReader.consumer(cluster.kafka())) {
      int partitions = TopicReader.partitions(consumer, List.of(like)).size();
      if (TopicAdmin.createMissing(admin, List.of(topic), partitions, (short) -1).isEmpty()) {
        refuseUsed(consumer, topic);
      }
    }
    SchemaRegistration.register(cluster, List.of(topic));
    return new ReplayOutput(name, cluster.producer());
  }

  private static void refuseUsed(Consumer<String, byte[]> consumer, Topic topic) {
    List<TopicPartition> partitions = TopicReader.partitions(consumer, List.of(topic));
    if (consumer.endOffsets(partitions).values().stream().anyMatch(end -> end > 0)) {
      throw new UsageException(
          topic.name() + " holds records already; name another one by --output-topic");
    }
  }

  /** The name of the topic. */
  public String topic() {
    return topic;
  }

  /**
   * Writes an answer with the record time of its image, as the stream does.
   *
   * @throws KafkaException when an earlier one could not be written
   */
  public void write(Recognition answer, long recordTime) {
    check();
    var unused =
        producer.send(
            new ProducerRecord<>(topic, null, recordTime, answer.getSourceId(), answer),
            (metadata, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
  }

  /** Returns when the cluster has all answers. */
  public void flush() {
    producer.flush();
    check();
  }

  @Override
  public void close() {
    producer.close();
  }

  private void check() {
    Exception problem = failure.get();
    if (problem != null) {
      throw new KafkaException("cannot write to " + topic + ": " + problem.getMessage(), problem);
    }
  }
}
