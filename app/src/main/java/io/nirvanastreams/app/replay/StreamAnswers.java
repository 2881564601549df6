package io.nirvanastreams.app.replay;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.processor.replay.ImageRange;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Finds the stream's own answers to the images of a replay. Stateless. */
public final class StreamAnswers {
  private static final Duration POLL = Duration.ofMillis(200);

  private StreamAnswers() {}

  /**
   * Reads the answers into the book. An answer has the record time of its image, so that reading
   * begins at the earliest; it ends when every image has one, or at the end of the topic.
   */
  public static void read(ClusterAccess cluster, ReplayBook book) {
    if (book.complete()) {
      return;
    }
    Topic topic = cluster.topics().recognitions();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(cluster.kafka());
        Deserializer<Recognition> answers = cluster.serdes().deserializer(Recognition.class)) {
      ImageRange range =
          ImageRange.between(
              consumer,
              topic,
              Instant.ofEpochMilli(book.earliest()),
              Instant.now().plusSeconds(60));
      Map<TopicPartition, Long> open = new HashMap<>();
      range
          .partitions()
          .forEach(
              (number, offsets) ->
                  open.put(new TopicPartition(topic.name(), number), offsets.to()));
      consumer.assign(open.keySet());
      range
          .partitions()
          .forEach(
              (number, offsets) ->
                  consumer.seek(new TopicPartition(topic.name(), number), offsets.from()));
      while (!open.isEmpty() && !book.complete()) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          if (record.value() != null) {
            book.streamed(answer(answers, record));
          }
        }
        open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      }
    }
  }

  private static Recognition answer(
      Deserializer<Recognition> answers, ConsumerRecord<String, byte[]> record) {
    try {
      return answers.deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      throw new SerializationException(
          "%s-%d@%d is no answer; correct or remove it: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }
}
