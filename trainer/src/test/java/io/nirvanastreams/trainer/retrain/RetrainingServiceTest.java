package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.Models;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.publish.InstanceReadiness;
import io.nirvanastreams.trainer.publish.PublishingSettings;
import io.nirvanastreams.trainer.publish.Readiness;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RetrainingServiceTest {
  @TempDir private Path folder;

  private final Topics topics = Topics.withPrefix("r");
  private final AvroSerdes serdes = Models.serdes("service");
  private final BlockingQueue<LearningTask> learned = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> written = new LinkedBlockingQueue<>();
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
          written.add(record.topic());
          return super.send(record);
        }
      };
  private final Map<String, Long> next = new HashMap<>();
  private RetrainingService service;

  @BeforeEach
  void cluster() {
    Node node = new Node(0, "localhost", 1);
    Node[] nodes = {node};
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Topic topic : List.of(topics.labels(), topics.groups(), topics.members(), novelties())) {
      consumer.updatePartitions(
          topic.name(), List.of(new PartitionInfo(topic.name(), 0, node, nodes, nodes)));
      offsets.put(new TopicPartition(topic.name(), 0), 0L);
    }
    consumer.updateBeginningOffsets(offsets);
    consumer.updateEndOffsets(offsets);
  }

  private Topic novelties() {
    return topics.novelties();
  }

  private void start(ModelLearner learner) {
    service =
        new RetrainingService(
            RetrainingSettings.of(Models.NAME).withMinimumImages(4).withSettle(Duration.ZERO),
            consumer,
            new ControlProducer(kafka, serdes),
            () ->
                Models.catalogue(List.of(Models.version(1, "shirt", "bag")), Models.live(1, 1_000)),
            serdes,
            topics,
            new FolderBlobStore(folder.resolve("blobs")),
            new LabelledImages(folder.resolve("images"), Models.INPUT),
            learner,
            Clock.systemUTC(),
            new PublishingSettings(null, Duration.ZERO, InstanceReadiness.Settings.DEFAULT),
            Readiness.UNASKED);
    service.start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void write(Topic topic, String key, SpecificRecord value) {
    byte[] bytes = serdes.serializer().serialize(topic.name(), value);
    long offset = next.merge(topic.name(), 1L, Long::sum) - 1;
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(topic.name(), 0, offset, key, bytes)));
  }

  private void nameAGroup() {
    for (int i = 0; i < 5; i++) {
      write(topics.novelties(), "camera", Events.novelty("e" + i, i));
      write(topics.members(), "e" + i, Events.member("e" + i, "g1"));
    }
    write(topics.groups(), "g1", Events.merged("g1", "g2"));
    write(topics.labels(), "g2", Events.group("g2", "coat"));
  }

  @Test
  void shouldLearnPublishAndPromoteWhatAPersonNamed() throws Exception {
    start(
        task -> {
          learned.add(task);
          return new LearnedModel(
              Models.publication(folder, Models.spec(2, "shirt", "bag", "coat"), task.parent()),
              0.9,
              0.9);
        });
    nameAGroup();

    LearningTask task = learned.poll(30, TimeUnit.SECONDS);
    assertThat(task).isNotNull();
    assertThat(task.newClasses()).containsExactly("coat");
    assertThat(task.images().get("coat")).hasSizeGreaterThanOrEqualTo(4);
    awaitWritten(topics.promotions());
  }

  @Test
  void shouldGoOnListeningAfterARefusal() throws Exception {
    start(
        task -> {
          learned.add(task);
          throw new LearningFailedException("not today");
        });
    nameAGroup();
    assertThat(learned.poll(30, TimeUnit.SECONDS)).isNotNull();

    for (int i = 10; i < 20; i++) {
      write(topics.novelties(), "camera", Events.novelty("e" + i, i));
      write(topics.labels(), "e" + i, Events.event("e" + i, "boot"));
    }

    LearningTask second = learned.poll(30, TimeUnit.SECONDS);
    assertThat(second).isNotNull();
    assertThat(second.newClasses()).contains("boot");
    assertThat(service.status().failure()).isEmpty();
  }

  @Test
  void shouldGiveUpLearningWhenItIsClosed() throws Exception {
    CountDownLatch learning = new CountDownLatch(1);
    start(
        task -> {
          learning.countDown();
          try {
            new CountDownLatch(1).await(); // for ever
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new LearningFailedException("interrupted");
        });
    nameAGroup();
    assertThat(learning.await(30, TimeUnit.SECONDS)).isTrue();

    service.close();

    assertThat(service.awaitTermination(Duration.ZERO)).isTrue();
    assertThat(service.status().failure()).isEmpty();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void shouldSayWhyItStopped() throws Exception {
    consumer.schedulePollTask(() -> consumer.setPollException(new KafkaException("no access")));
    start(task -> null);

    assertThat(service.awaitTermination(Duration.ofSeconds(30))).isTrue();
    assertThat(service.status().failure()).contains("no access");
  }

  @Test
  void shouldStartOnce() {
    start(task -> null);

    assertThatThrownBy(service::start).isInstanceOf(IllegalStateException.class);
  }

  private void awaitWritten(Topic topic) throws InterruptedException {
    String name;
    do {
      name = written.poll(30, TimeUnit.SECONDS);
      assertThat(name).as("a record on " + topic.name()).isNotNull();
    } while (!name.equals(topic.name()));
  }
}
