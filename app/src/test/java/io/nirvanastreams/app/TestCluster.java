package io.nirvanastreams.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.cli.Cli;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A broker and a registry of a test's own with all topics; commands run on it as a user would, and
 * processors with a blob store in the test's folder. For one thread.
 */
public final class TestCluster implements AutoCloseable {
  private final Path folder;
  private final LocalCluster cluster;
  private final ClusterAccess access;
  private final List<StreamProcessor> processors = new ArrayList<>();

  private TestCluster(Path folder) {
    this.folder = folder;
    cluster = LocalCluster.startTemporary();
    access =
        new ClusterAccess(
            cluster.bootstrapServers(),
            cluster.schemaRegistryUrl(),
            Topics.withPrefix(Topics.DEFAULT_PREFIX),
            Map.of());
  }

  /**
   * Starts it.
   *
   * @param folder for the weights of models and the state of processors
   */
  public static TestCluster start(Path folder) {
    TestCluster cluster = new TestCluster(folder);
    cluster.run("topics", "create");
    return cluster;
  }

  public ClusterAccess access() {
    return access;
  }

  public Topics topics() {
    return access.topics();
  }

  /** A command that succeeds. */
  public Cli run(String... arguments) {
    Cli cli = attempt(arguments);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return cli;
  }

  /** A command that may fail. */
  public Cli attempt(String... arguments) {
    return Cli.run(
        Map.of(
            "NIRVANA_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
            "NIRVANA_SCHEMA_REGISTRY_URL", cluster.schemaRegistryUrl(),
            "NIRVANA_BLOB_STORE", blobs(),
            "NIRVANA_ALLOW_UNSIGNED", "true"),
        arguments);
  }

  /** What a processor on this cluster is started with: unsigned models, on the CPU. */
  public ProcessorSettings settings(Map<String, String> others) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("schema.registry.url", cluster.schemaRegistryUrl());
    settings.put("blob.store", blobs());
    settings.put("state.dir", folder.resolve("state").toString());
    settings.put("device", "cpu");
    settings.put("models.unsigned.allowed", "true");
    settings.putAll(others);
    return ProcessorSettings.of(settings);
  }

  /** A processor that is started and need not be ready; closing the cluster closes it. */
  public StreamProcessor process(Map<String, String> others) {
    StreamProcessor processor = new StreamProcessor(settings(others));
    processors.add(processor);
    processor.start();
    return processor;
  }

  /** Writes a record and waits until the broker has it. */
  public <T extends SpecificRecord> void send(Topic topic, String key, T value) throws Exception {
    send(new ProducerRecord<>(topic.name(), key, value));
  }

  /** Writes a record and waits until the broker has it. */
  public <T extends SpecificRecord> void send(ProducerRecord<String, T> record) throws Exception {
    try (Producer<String, T> producer = access.producer()) {
      producer.send(record).get();
    }
  }

  /** What a reader of committed records finds on a topic now. */
  public List<ConsumerRecord<String, byte[]>> records(Topic topic) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka())) {
      TopicReader.readToEnd(consumer, List.of(topic), ClusterAccess.PATIENCE, records::add);
    }
    return records;
  }

  /** The same, read as what it holds. */
  public <T extends SpecificRecord> List<T> values(Topic topic, Class<T> type) {
    try (var deserializer = access.serdes().deserializer(type)) {
      return records(topic).stream()
          .map(record -> deserializer.deserialize(topic.name(), record.value()))
          .toList();
    }
  }

  private String blobs() {
    return folder.resolve("blobs").toString();
  }

  @Override
  public void close() {
    processors.forEach(StreamProcessor::close);
    cluster.close();
  }
}
