package io.nirvanastreams.app.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.processor.ClusterGuarantees;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.schemas.LiveSettings;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running processor finds out of its cluster, and takes over from the settings topic. */
class ProcessorSettingsIT {
  @TempDir private Path directory;

  @Test
  void shouldTellTheTransactionVersionAndMoveItsBoundsWhileItRuns() {
    try (LocalCluster cluster = LocalCluster.startTemporary()) {
      Map<String, String> environment =
          Map.of(
              "NIRVANA_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
              "NIRVANA_SCHEMA_REGISTRY_URL", cluster.schemaRegistryUrl());
      assertThat(Cli.run(environment, "topics", "create").exitCode()).isZero();
      try (StreamProcessor processor = new StreamProcessor(settings(cluster))) {
        processor.start();

        assertThat(processor.guarantees()).isEqualTo(new ClusterGuarantees(2, 1, 1, 1, 1));
        assertThat(processor.guarantees().warnings()).hasSize(1);
        awaitBatch(processor, 16);

        Cli set = Cli.run(environment, "processor", "set", "--max-batch", "8");
        assertThat(set.out()).contains("at most 8 images a batch, at most as started in the queue");
        awaitBatch(processor, 8);
        // Bounds that only the instance can refuse: its queue is 32.
        Cli.run(environment, "processor", "set", "--max-batch", "33");
        Cli.run(environment, "processor", "set", "--max-queue", "64");
        awaitBatch(processor, 33);
        write(cluster, LiveSettings.newBuilder().setMaxBatch(-5).build());
        write(cluster, LiveSettings.newBuilder().setMaxQueue(40).build());
        await().atMost(20, SECONDS).until(() -> processor.batch().maxQueue() == 40);
        awaitBatch(processor, 16);
        assertThat(Cli.run(environment, "processor", "show").out()).contains("at most 40 in");
      }

      Cli wrong = Cli.run(environment, "processor", "set", "--max-batch", "9", "--max-queue", "5");
      assertThat(wrong.exitCode()).isEqualTo(2);
      assertThat(wrong.err()).contains("a queue of 5 images is not between the batch of 9");
      assertThat(Cli.run(environment, "processor", "set").exitCode()).isEqualTo(2);
    }
  }

  private static void awaitBatch(StreamProcessor processor, int maxBatch) {
    await()
        .atMost(20, SECONDS)
        .until(() -> processor.status().settings().get("batch.max").equals("" + maxBatch));
  }

  private static void write(LocalCluster cluster, LiveSettings settings) {
    Topics topics = Topics.withPrefix(Topics.DEFAULT_PREFIX);
    ClusterAccess access =
        new ClusterAccess(
            cluster.bootstrapServers(), cluster.schemaRegistryUrl(), topics, Map.of());
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      producer.write(topics.settings(), "nirvana-processor", settings);
    }
  }

  private ProcessorSettings settings(LocalCluster cluster) {
    return ProcessorSettings.of(
        Map.of(
            "bootstrap.servers", cluster.bootstrapServers(),
            "schema.registry.url", cluster.schemaRegistryUrl(),
            "blob.store", directory.resolve("blobs").toString(),
            "state.dir", directory.resolve("state").toString(),
            "batch.max", "16",
            "queue.max", "32"));
  }
}
