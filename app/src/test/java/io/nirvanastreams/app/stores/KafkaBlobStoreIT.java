package io.nirvanastreams.app.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.stores.blob.BlobCache;
import io.nirvanastreams.stores.blob.KafkaBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights in chunks on a real topic: read back whole, or not at all. */
class KafkaBlobStoreIT {
  private static final int SIZE = 1_300_000;

  private static LocalCluster cluster;
  private static int topicCount;

  @TempDir private Path temporary;
  private ClusterAccess access;
  private Path model;
  private KafkaBlobStore store;

  @BeforeAll
  static void start() {
    cluster = LocalCluster.startTemporary();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void create() throws Exception {
    Topics topics = Topics.withPrefix("test" + topicCount++);
    access =
        new ClusterAccess(
            cluster.bootstrapServers(), cluster.schemaRegistryUrl(), topics, Map.of());
    try (Admin admin = access.admin()) {
      var created =
          admin.createTopics(
              List.of(
                  new NewTopic(topics.weights().name(), 1, (short) 1)
                      .configs(topics.weights().config())));
      created.all().get(30, TimeUnit.SECONDS);
    }
    model = Files.createDirectories(temporary.resolve("model"));
    Files.write(model.resolve("weights.bin"), random(1));
    Files.writeString(model.resolve("manifest.json"), "{}");
    store = store("cache");
  }

  @Test
  void shouldFetchWhatWasPutInRecordsThatEveryBrokerTakes() throws IOException {
    String uri = store.put(model, "abc");

    Path fetched = store.fetch(uri);

    assertThat(uri).matches("kafka:abc@[0-9a-f]{64}:4");
    assertThat(fetched).hasFileName("abc");
    assertThat(Files.readAllBytes(fetched.resolve("weights.bin"))).isEqualTo(random(1));
    assertThat(fetched.resolve("manifest.json")).hasContent("{}");
    assertThat(records()).hasSize(5).allMatch(record -> record.value().length < 1_000_000);
  }

  @Test
  void shouldFindItsWayWhereOffsetsAreOthers() throws IOException {
    String uri = store.put(model, "abc");
    Files.write(model.resolve("weights.bin"), random(2));
    String other = store.put(model, "abc");

    String lost = uri.replaceFirst(":4$", ":999999");
    String astray = uri.replaceFirst(":4$", ":1");

    assertThat(store("a").fetch(lost).resolve("weights.bin")).hasBinaryContent(random(1));
    assertThat(store("b").fetch(astray).resolve("weights.bin")).hasBinaryContent(random(1));
    assertThat(store("c").fetch(other).resolve("weights.bin")).hasBinaryContent(random(2));
  }

  @Test
  void shouldNotGiveHalfAFolder() throws IOException {
    String uri = store.put(model, "abc");
    List<ConsumerRecord<String, byte[]>> written = records();

    write(written.get(4).key(), null);
    assertThatThrownBy(() -> store("a").fetch(uri.replaceFirst(":4$", ":3")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("not whole");

    assertThatThrownBy(() -> store.fetch("kafka:abc@" + "0".repeat(64) + ":0"))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.fetch("folder:abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no address in Kafka");
  }

  @Test
  void shouldNotGiveOtherBytes() throws IOException {
    Files.write(model.resolve("weights.bin"), random(1));
    String uri = store.put(model, "abc");
    List<ConsumerRecord<String, byte[]>> written = records();
    // A copy of the folder with one chunk that is not its own, at offsets of its own.
    long start = written.size();
    for (ConsumerRecord<String, byte[]> record : written) {
      byte[] value = record.value().clone();
      value[value.length - 1] ^= record.key().endsWith("weights.bin/1") ? (byte) 1 : 0;
      if (record.key().endsWith("index")) {
        value[Long.BYTES - 1] = (byte) start;
      }
      write(record.key(), value);
    }

    String moved = uri.replaceFirst(":4$", ":" + (start + 4));
    assertThatThrownBy(() -> store.fetch(moved))
        .hasMessageContaining("weights.bin is not the one that was put there");
    try (var left = Files.walk(temporary.resolve("cache"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private KafkaBlobStore store(String cache) {
    return new KafkaBlobStore(
        access.kafka(), access.topics().weights(), new BlobCache(temporary.resolve(cache)));
  }

  private List<ConsumerRecord<String, byte[]>> records() {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka())) {
      TopicReader.readToEnd(
          consumer, List.of(access.topics().weights()), ClusterAccess.PATIENCE, records::add);
    }
    return records;
  }

  private void write(String key, byte[] value) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(access.kafka(), new StringSerializer(), new ByteArraySerializer())) {
      var unused =
          producer.send(new ProducerRecord<>(access.topics().weights().name(), key, value));
      producer.flush();
    }
  }

  private static byte[] random(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
