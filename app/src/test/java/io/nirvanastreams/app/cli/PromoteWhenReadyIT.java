package io.nirvanastreams.app.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.ProcessorInstance;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * By commands, with weights on the cluster itself and two processors: a version is live only after
 * both have it, and one that they refuse, or that somebody is not ready for, never is.
 */
class PromoteWhenReadyIT {
  @TempDir private Path directory;
  private LocalCluster cluster;
  private ClusterAccess access;

  @BeforeEach
  void start() {
    cluster = LocalCluster.startTemporary();
    access =
        new ClusterAccess(
            cluster.bootstrapServers(),
            cluster.schemaRegistryUrl(),
            Topics.withPrefix("nirvana"),
            Map.of());
    run("topics", "create");
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldPromoteWhenEveryProcessorIsReady() throws Exception {
    String key = directory.resolve("key.pem").toString();
    assertThat(run("models", "keygen", key).out()).contains("--trusted-keys " + key + ".pub");
    TestModels.write(directory.resolve("v1"));
    run("publish", folder(1), "--promote", "--signing-key", key, "--blob-store", "kafka:");
    try (StreamProcessor one = processor("1");
        StreamProcessor two = processor("2")) {
      one.awaitReady(Duration.ofSeconds(60));
      two.awaitReady(Duration.ofSeconds(60));
      write(2);
      run("publish", folder(2), "--signing-key", key, "--blob-store", "kafka:");

      assertThat(run("models", "promote", "default", "2").out()).contains("is live from");

      Instant effective =
          Models.catalogue(access).promotions().stream()
              .filter(promotion -> promotion.getVersion() == 2)
              .filter(promotion -> promotion.getRole() == ModelRole.LIVE)
              .findFirst()
              .orElseThrow()
              .getEffectiveFrom();
      assertThat(events(2, ModelEventKind.LOADED))
          .hasSize(2)
          .allSatisfy(event -> assertThat(event.getOccurredAt()).isBefore(effective));
      assertThat(events(1, ModelEventKind.LOADED))
          .extracting(ModelEvent::getInstance)
          .containsExactlyInAnyOrder("nirvana-processor/1", "nirvana-processor/2");
      shouldNotPromoteWhatIsRefused(key);
      shouldNameWhoIsNotReady();
    }
  }

  private void shouldNotPromoteWhatIsRefused(String key) throws Exception {
    write(3);
    run("publish", folder(3), "--unsigned", "--blob-store", "kafka:");

    Cli refused = cli("models", "promote", "default", "3");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("default/3 is refused: by nirvana-processor/")
        .contains("not signed", "it is not made live");
    assertThat(events(3, ModelEventKind.REFUSED)).isNotEmpty();
    assertThat(Models.catalogue(access).schedule("default").at(Instant.MAX)).hasValue(2);

    run("models", "sign", "default", "3", "--signing-key", key);
    assertThat(run("models", "promote", "default", "3").out()).contains("is live from");
  }

  private void shouldNameWhoIsNotReady() {
    ProcessorInstance ghost =
        ProcessorInstance.newBuilder().setInstance("ghost/1").setModelName("default").build();
    try (Producer<String, ProcessorInstance> producer = access.producer()) {
      var unused =
          producer.send(new ProducerRecord<>(access.topics().instances().name(), "ghost/1", ghost));
    }

    Cli refused = cli("models", "rollback", "default", "--prepare-timeout", "1");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("default/2 was not loaded within 1 s by ghost/1");

    Cli promoted =
        run("models", "rollback", "default", "--prepare-timeout", "1", "--if-not-ready", "promote");
    assertThat(promoted.out()).contains("default/2 is live again from");
    assertThat(promoted.err()).contains("warning", "ghost/1", "becomes live all the same");
  }

  private StreamProcessor processor(String id) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("schema.registry.url", cluster.schemaRegistryUrl());
    settings.put(ProcessorSettings.BLOB_STORE, "kafka:");
    settings.put(ProcessorSettings.TRUSTED_KEYS, directory.resolve("key.pem.pub"));
    settings.put(ProcessorSettings.INSTANCE_ID, id);
    settings.put("state.dir", directory.resolve("state" + id));
    settings.put("device", "cpu");
    StreamProcessor processor = new StreamProcessor(ProcessorSettings.of(settings));
    processor.start();
    return processor;
  }

  private String folder(int version) {
    return directory.resolve("v" + version).toString();
  }

  private void write(int version) throws Exception {
    TestModels.writeAgain(directory.resolve("v1"), directory.resolve("v" + version), version);
  }

  private List<ModelEvent> events(int version, ModelEventKind kind) {
    // Events are sent beside the acknowledgements, and may come a moment after them.
    await()
        .atMost(10, SECONDS)
        .until(() -> !events(version, kind, access.topics().modelEvents()).isEmpty());
    return events(version, kind, access.topics().modelEvents());
  }

  private List<ModelEvent> events(int version, ModelEventKind kind, Topic topic) {
    return read(topic, ModelEvent.class).stream()
        .filter(event -> event.getVersion() == version && event.getKind() == kind)
        .toList();
  }

  private <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
    List<T> records = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka());
        Deserializer<T> deserializer = access.serdes().deserializer(type)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          ClusterAccess.PATIENCE,
          record -> records.add(deserializer.deserialize(topic.name(), record.value())));
    }
    return records;
  }

  private Cli run(String... arguments) {
    Cli cli = cli(arguments);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return cli;
  }

  private Cli cli(String... arguments) {
    return Cli.run(
        Map.of(
            "NIRVANA_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
            "NIRVANA_SCHEMA_REGISTRY_URL", cluster.schemaRegistryUrl()),
        arguments);
  }
}
