package io.nirvanastreams.app.demo;

import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The promise EveryImageAnsweredOnce, counted from the topics alone: a fresh read_committed reader
 * counts event ids on the images topic and on the recognitions topic and compares.
 *
 * @param images records on the images topic
 * @param answers records on the recognitions topic
 * @param missing image ids without an answer
 * @param doubled image ids with more than one answer
 * @param strangers answers to no image
 */
record TopicCount(long images, long answers, long missing, long doubled, long strangers) {

  /** Whether every image has exactly one answer and no answer lacks its image. */
  boolean exact() {
    return images == answers && missing == 0 && doubled == 0 && strangers == 0;
  }

  /** Reads both topics from their beginning to the end they have now. */
  static TopicCount read(String bootstrapServers, AvroSerdes serdes, Topics topics) {
    Map<String, Integer> images =
        idCounts(
            bootstrapServers,
            topics.images().name(),
            serdes.deserializer(ImageEvent.class),
            ImageEvent::getEventId);
    Map<String, Integer> answers =
        idCounts(
            bootstrapServers,
            topics.recognitions().name(),
            serdes.deserializer(Recognition.class),
            Recognition::getEventId);
    return new TopicCount(
        total(images),
        total(answers),
        images.keySet().stream().filter(id -> !answers.containsKey(id)).count(),
        answers.values().stream().filter(count -> count > 1).count(),
        answers.keySet().stream().filter(id -> !images.containsKey(id)).count());
  }

  private static long total(Map<String, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  private static <T> Map<String, Integer> idCounts(
      String bootstrapServers, String topic, Deserializer<T> deserializer, Function<T, String> id) {
    Map<String, Integer> counts = new HashMap<>();
    try (deserializer;
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          counts.merge(id.apply(deserializer.deserialize(topic, record.value())), 1, Integer::sum);
        }
      }
    }
    return counts;
  }
}
