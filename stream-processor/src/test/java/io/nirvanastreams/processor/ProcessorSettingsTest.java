package io.nirvanastreams.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.network.Execution;
import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.network.Precision;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ProcessorSettingsTest {
  @Test
  void shouldRunNetworksExactlyAndInWhatIsFasterByDefault() {
    EmbedderOptions options = settings(Map.of()).embedder();

    assertThat(options.how()).isEqualTo(new ExecutionSettings(Execution.AUTO, Precision.FP32));
    assertThat(options.device()).isEqualTo("auto");
    assertThat(options.fixedBatch()).isZero();
  }

  @Test
  void shouldRunNetworksAsTheyAreSet() {
    EmbedderOptions options =
        settings(Map.of("execution", "graph", "precision", "bf16", "batch.max", "7")).embedder();

    assertThat(options.how()).isEqualTo(new ExecutionSettings(Execution.GRAPH, Precision.BF16));
    assertThat(options.maxBatch()).isEqualTo(7);
  }

  @Test
  void shouldRefuseExecutionsThatDoNotFit() {
    assertThatThrownBy(() -> settings(Map.of("precision", "fp16")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("precision");
    assertThatThrownBy(() -> settings(Map.of("execution", "blocks", "precision", "bf16")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("only the graph computes in bf16");
    assertThatThrownBy(() -> settings(Map.of("batch.fixed", "8", "precision", "bf16")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a fixed batch promises the same bits");
  }

  @Test
  void shouldRefuseAPollIntervalInWhichAModelCannotBeWaitedFor() {
    assertThatThrownBy(() -> settings(Map.of("kafka.max.poll.interval.ms", "120000")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("max.poll.interval.ms is 120000")
        .hasMessageContaining("raise kafka.max.poll.interval.ms or lower model.load.timeout.ms");
    assertThat(
            settings(
                Map.of(
                    "kafka.max.poll.interval.ms", "1000",
                    "kafka.main.consumer.max.poll.interval.ms", "140000")))
        .isNotNull();
  }

  private static ProcessorSettings settings(Map<String, String> changes) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "bootstrap.servers", "unused:1",
                "schema.registry.url", "mock://settings",
                "blob.store", "blobs",
                "state.dir", "state",
                "model.name", Samples.MODEL));
    all.putAll(changes);
    return ProcessorSettings.of(all);
  }
}
