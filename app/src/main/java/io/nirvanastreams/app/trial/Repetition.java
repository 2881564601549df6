package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.guarantee.SeenAnswer;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Has the images of a trial answered once more: the same records at the same offsets of the same
 * partitions, with the same models and promotions, under another prefix, by one processor that
 * nobody harms. One thread.
 */
final class Repetition {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TrialCluster cluster;
  private final ClusterAccess again;
  private final Path work;

  /**
   * A repetition that has not begun.
   *
   * @param again topics of another prefix on the same cluster
   */
  Repetition(TrialCluster cluster, ClusterAccess again, Path work) {
    this.cluster = cluster;
    this.again = again;
    this.work = work;
  }

  /**
   * Runs to the end.
   *
   * @param arguments of the processor
   * @param partitions of the topics
   * @return the answers; fewer than the images when the processor got stuck
   */
  List<SeenAnswer> run(List<String> arguments, int partitions, Journal journal)
      throws InterruptedException {
    cluster.createTopics(again, partitions);
    List<Topic> from = copied(cluster.access());
    List<Topic> to = copied(again);
    int images = 0;
    for (int i = 0; i < from.size(); i++) {
      images = copy(from.get(i), to.get(i)); // images are the last
    }
    int wanted = images;
    try (ProcessorInstance processor = new ProcessorInstance("again", arguments, work);
        AnswerCount count = new AnswerCount(again, journal)) {
      processor.start();
      boolean all = count.await(() -> wanted, PATIENCE);
      journal.say("%,d of %,d images answered again", count.count(), wanted);
      if (all) {
        processor.stop();
      }
    }
    return EvidenceReader.answers(again);
  }

  private static List<Topic> copied(ClusterAccess access) {
    return List.of(
        access.topics().centres(),
        access.topics().thresholds(),
        access.topics().models(),
        access.topics().promotions(),
        access.topics().images());
  }

  private int copy(Topic from, Topic to) {
    Map<String, Object> config = new HashMap<>(again.kafka());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20);
    List<Integer> copied = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(again.kafka());
        Producer<String, byte[]> producer =
            new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      TopicReader.readToEnd(
          consumer,
          List.of(from),
          PATIENCE,
          record -> {
            copied.add(record.partition());
            var unused =
                producer.send(
                    new ProducerRecord<>(
                        to.name(),
                        record.partition(),
                        record.timestamp(),
                        record.key(),
                        record.value()));
          });
      producer.flush();
    }
    return copied.size();
  }
}
