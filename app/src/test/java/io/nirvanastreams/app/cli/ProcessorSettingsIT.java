package io.nirvanastreams.app.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.TestCluster;
import io.nirvanastreams.processor.ClusterGuarantees;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.schemas.LiveSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running processor finds out of its cluster, and takes over from the settings topic. */
class ProcessorSettingsIT {
  @TempDir private Path directory;

  @Test
  void shouldTellTheTransactionVersionAndMoveItsBoundsWhileItRuns() throws Exception {
    try (TestCluster cluster = TestCluster.start(directory)) {
      try (StreamProcessor processor =
          cluster.process(Map.of("batch.max", "16", "queue.max", "32"))) {
        assertThat(processor.guarantees()).isEqualTo(new ClusterGuarantees(2, 1, 1, 1, 1));
        assertThat(processor.guarantees().warnings()).hasSize(1);
        awaitBatch(processor, 16);

        Cli set = cluster.attempt("processor", "set", "--max-batch", "8");
        assertThat(set.out()).contains("at most 8 images a batch, at most as started in the queue");
        awaitBatch(processor, 8);
        // Bounds that only the instance can refuse: its queue is 32.
        cluster.attempt("processor", "set", "--max-batch", "33");
        cluster.attempt("processor", "set", "--max-queue", "64");
        awaitBatch(processor, 33);
        write(cluster, LiveSettings.newBuilder().setMaxBatch(-5).build());
        write(cluster, LiveSettings.newBuilder().setMaxQueue(40).build());
        await().atMost(20, SECONDS).until(() -> processor.batch().maxQueue() == 40);
        awaitBatch(processor, 16);
        assertThat(cluster.attempt("processor", "show").out()).contains("at most 40 in");
      }

      Cli wrong = cluster.attempt("processor", "set", "--max-batch", "9", "--max-queue", "5");
      assertThat(wrong.exitCode()).isEqualTo(2);
      assertThat(wrong.err()).contains("a queue of 5 images is not between the batch of 9");
      assertThat(cluster.attempt("processor", "set").exitCode()).isEqualTo(2);
    }
  }

  private static void awaitBatch(StreamProcessor processor, int maxBatch) {
    await()
        .atMost(20, SECONDS)
        .until(() -> processor.status().settings().get("batch.max").equals("" + maxBatch));
  }

  private static void write(TestCluster cluster, LiveSettings settings) throws Exception {
    cluster.send(cluster.topics().settings(), "nirvana-processor", settings);
  }
}
