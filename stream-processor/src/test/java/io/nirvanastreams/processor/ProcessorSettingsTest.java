package io.nirvanastreams.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.image.ImageLimits;
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
  void shouldLimitImagesAsItIsSet() {
    ProcessorSettings given =
        settings(
            Map.of(
                "decode.max.pixels", "1000",
                "decode.max.aspect", "2.5",
                "images.roots", "/data/images,s3://shots/day",
                "s3.endpoint", "http://minio:9000"));

    assertThat(settings(Map.of()).imageLimits()).isEqualTo(ImageLimits.DEFAULT);
    assertThat(settings(Map.of()).imagesRoots()).isEmpty();
    assertThat(given.imageLimits().maxPixels()).isEqualTo(1_000);
    assertThat(given.imageLimits().maxAspect()).isEqualTo(2.5);
    assertThat(given.imagesRoots()).containsExactly("/data/images", "s3://shots/day");
    assertThat(given.s3().endpoint()).hasHost("minio");
  }

  @Test
  void shouldRefuseLimitsThatMakeNoSense() {
    for (String setting :
        new String[] {
          "decode.max.bytes=0",
          "decode.max.pixels=0",
          "decode.max.aspect=0.9",
          "decode.max.frames=0",
          "s3.endpoint=minio",
          "grouping.exemplars=33"
        }) {
      String[] parts = setting.split("=", 2);
      assertThatThrownBy(
              () -> settings(Map.of(parts[0], parts[1], "grouping.exemplar.max.bytes", "131072")))
          .as(setting)
          .isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void shouldHideSecretsFromPeople() {
    Map<String, String> effective =
        settings(
                Map.of(
                    "schema.registry.url", "https://reader:hunter2@registry/path",
                    "kafka.sasl.jaas.config", "Login required password=hunter2;",
                    "kafka.ssl.keystore.password", "hunter2",
                    "kafka.ssl.keystore.key", "hunter2",
                    "kafka.sasl.login.class", "a.B",
                    "registry.basic.auth.user.info", "reader:hunter2",
                    "registry.bearer.auth.token", "hunter2",
                    "registry.proxy", "http://reader:hunter2@proxy"))
            .effective();

    assertThat(effective.toString()).doesNotContain("hunter2");
    assertThat(effective).containsEntry("kafka.sasl.login.class", "a.B");
    assertThat(effective.get("schema.registry.url")).startsWith("https://").endsWith("/path");
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
