package io.nirvanastreams.app.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.TestCluster;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.ProcessorInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
  private TestCluster cluster;

  @BeforeEach
  void start() {
    cluster = TestCluster.start(directory);
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
          Models.catalogue(cluster.access()).promotions().stream()
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

    Cli refused = cluster.attempt("models", "promote", "default", "3");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("default/3 is refused: by nirvana-processor/")
        .contains("not signed", "it is not made live");
    assertThat(events(3, ModelEventKind.REFUSED)).isNotEmpty();
    assertThat(Models.catalogue(cluster.access()).schedule("default").at(Instant.MAX)).hasValue(2);

    run("models", "sign", "default", "3", "--signing-key", key);
    assertThat(run("models", "promote", "default", "3").out()).contains("is live from");
  }

  private void shouldNameWhoIsNotReady() throws Exception {
    ProcessorInstance ghost =
        ProcessorInstance.newBuilder().setInstance("ghost/1").setModelName("default").build();
    cluster.send(cluster.topics().instances(), "ghost/1", ghost);

    Cli refused = cluster.attempt("models", "rollback", "default", "--prepare-timeout", "1");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("default/2 was not loaded within 1 s by ghost/1");

    Cli promoted =
        run("models", "rollback", "default", "--prepare-timeout", "1", "--if-not-ready", "promote");
    assertThat(promoted.out()).contains("default/2 is live again from");
    assertThat(promoted.err()).contains("warning", "ghost/1", "becomes live all the same");
  }

  private StreamProcessor processor(String id) {
    return cluster.process(
        Map.of(
            ProcessorSettings.BLOB_STORE,
            "kafka:",
            ProcessorSettings.UNSIGNED_MODELS,
            "false",
            ProcessorSettings.TRUSTED_KEYS,
            directory.resolve("key.pem.pub").toString(),
            ProcessorSettings.INSTANCE_ID,
            id,
            "state.dir",
            directory.resolve("state" + id).toString()));
  }

  private String folder(int version) {
    return directory.resolve("v" + version).toString();
  }

  private void write(int version) throws Exception {
    TestModels.writeAgain(directory.resolve("v1"), directory.resolve("v" + version), version);
  }

  private List<ModelEvent> events(int version, ModelEventKind kind) {
    // Events are sent beside the acknowledgements, and may come a moment after them.
    await().atMost(10, SECONDS).until(() -> !seen(version, kind).isEmpty());
    return seen(version, kind);
  }

  private List<ModelEvent> seen(int version, ModelEventKind kind) {
    return cluster.values(cluster.topics().modelEvents(), ModelEvent.class).stream()
        .filter(event -> event.getVersion() == version && event.getKind() == kind)
        .toList();
  }

  private Cli run(String... arguments) {
    return cluster.run(arguments);
  }
}
