package io.nirvanastreams.app.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.TestCluster;
import io.nirvanastreams.app.clients.Labels;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.SubjectType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * By commands on a living stream: a version looks at images in shadow, answers a source as canary,
 * becomes live by rule and is rolled back by rule; and every image is answered as it was in its
 * time.
 */
class TryVersionIT {
  private static final int LABELLED = 10;

  @TempDir private Path directory;
  private TestCluster cluster;
  private StreamProcessor processor;

  @BeforeEach
  void start() throws Exception {
    cluster = TestCluster.start(directory);
    TestModels.write(directory.resolve("v1"));
    TestModels.writeAgain(directory.resolve("v1"), directory.resolve("v2"), 2);
    for (String version : List.of("v1", "v2")) {
      run("publish", directory.resolve(version).toString(), "--unsigned");
    }
    run("models", "promote", "default", "1");
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldTryAVersionAndAnswerEveryImageAsInItsTime() throws Exception {
    Instant first = live(0).getEffectiveFrom();
    try (StreamProcessor running = processor()) {
      running.awaitReady(Duration.ofSeconds(60));
      shadow();
      canary();
      promoteByRule();
      rollBackByRule();
    }
    assertThat(run("models", "history", "default").out())
        .containsPattern("default/1 +live +\\S+ +- +\\S+ +promoted by hand")
        .containsPattern("default/2 +shadow +\\S+ +1.0 of the images +ann +first look")
        .containsPattern("default/2 +canary +\\S+ +gate ")
        .containsPattern("default/2 +prepared +- +- +rule +agreement 1.000")
        .containsPattern("default/2 +live +\\S+ +- +rule +agreement 1.000, unknown rate ")
        .containsPattern("default/1 +live again +\\S+ +- +rule +accuracy 0.000 below 0.700 on ");

    send("one", "door", first);
    send("two", "door", live(1).getEffectiveFrom());
    send("three", "door", live(2).getEffectiveFrom());
    try (StreamProcessor restarted = processor()) {
      restarted.awaitReady(Duration.ofSeconds(60));
      assertThat(answeredBy("one")).isEqualTo(1);
      assertThat(answeredBy("two")).isEqualTo(2);
      assertThat(answeredBy("three")).isEqualTo(1);
    }
  }

  private void shadow() throws Exception {
    assertThat(
            run(
                    "models",
                    "shadow",
                    "default",
                    "2",
                    "--share",
                    "1",
                    "--author",
                    "ann",
                    "--reason",
                    "first look")
                .out())
        .contains("default/2 looks at 1.0 of the images");
    await().atMost(30, SECONDS).until(() -> processor.status().loadedVersions().contains(2));
    for (int i = 0; i < 40; i++) {
      send("shadow-" + i, "door", Instant.now());
    }
    assertThat(answeredBy("shadow-39")).isEqualTo(1);
    await()
        .atMost(30, SECONDS)
        .until(() -> run("models", "show", "default", "2").out().contains("agreement    1.0000"));
    assertThat(run("models", "show", "default", "2").out())
        .contains("beside version 1", "distance     +0.0000 on average")
        .containsPattern("unknown rate 0\\.\\d+, live 0\\.\\d+");
  }

  private void canary() throws Exception {
    assertThat(run("models", "canary", "default", "2", "--sources", "gate").out())
        .contains("default/2 answers gate from");
    Instant from = decisions(ModelRole.CANARY).get(0).getEffectiveFrom();
    send("gate-before", "gate", from.minusMillis(1));
    send("gate-after", "gate", from);
    send("door-after", "door", from);
    assertThat(answeredBy("gate-before")).isEqualTo(1);
    assertThat(answeredBy("gate-after")).isEqualTo(2);
    assertThat(answeredBy("door-after")).isEqualTo(1);
    assertThat(cluster.attempt("models", "canary", "default", "2").err())
        .contains("say which sources");
  }

  private void promoteByRule() {
    String[] strict = {"models", "watch", "default", "--once", "--rule", "minimum.images=100000"};
    assertThat(run(strict).out()).contains("of 100000 images");

    assertThat(
            run(
                    "models",
                    "watch",
                    "default",
                    "--once",
                    "--rule",
                    "minimum.images=20",
                    "--rule",
                    "latency.ratio=100",
                    "--rule",
                    "unknown.share=0.9")
                .out())
        .contains("shadow 2 beside 1: promoted: agreement 1.000");
    assertThat(live(1).getAuthor()).isEqualTo("rule");
    assertThat(cluster.attempt("models", "end", "default", "2").err())
        .contains("neither canary nor shadow");
  }

  /** People say of images that version 2 claims to know that they show something else. */
  private void rollBackByRule() throws Exception {
    Instant from = live(1).getEffectiveFrom();
    for (int i = 0; i < LABELLED; i++) {
      send("wrong-" + i, "door", from);
      Labels.send(
          cluster.access(), Labels.assign("wrong-" + i, SubjectType.EVENT, "neither", "ann"));
    }
    assertThat(answeredBy("wrong-" + (LABELLED - 1))).isEqualTo(2);
    assertThat(decisions(ModelRole.LIVE)).as("nothing is decided before the rule is").hasSize(2);

    await()
        .atMost(30, SECONDS)
        .until(
            () ->
                run("models", "watch", "default", "--once", "--rule", "minimum.labels=" + LABELLED)
                    .out()
                    .contains("live 2: rolled back to 1: accuracy 0.000 below 0.700 on"));

    assertThat(live(2).getVersion()).isEqualTo(1);
    assertThat(live(2).getAuthor()).isEqualTo("rule");
    assertThat(live(2).getReason())
        .contains("accuracy 0.000 below 0.700 on " + LABELLED + " labels");
    send("after", "door", live(2).getEffectiveFrom());
    assertThat(answeredBy("after")).isEqualTo(1);
    assertThat(run("models", "watch", "default", "--once").out()).startsWith("live 1: ");
  }

  private StreamProcessor processor() {
    processor = cluster.process(Map.of("instance.id", "1", "gauge.sample", "1"));
    return processor;
  }

  private Promotion live(int index) {
    return decisions(ModelRole.LIVE).get(index);
  }

  private List<Promotion> decisions(ModelRole role) {
    return Models.catalogue(cluster.access()).promotions().stream()
        .filter(decision -> decision.getRole() == role)
        .toList();
  }

  private void send(String id, String source, Instant recordTime) throws Exception {
    ImageEvent event =
        ImageEvent.newBuilder()
            .setEventId(id)
            .setSourceId(source)
            .setMediaType("image/png")
            .setBytes(ByteBuffer.wrap(TestModels.frames().get(0).picture().bytes()))
            .build();
    cluster.send(
        new ProducerRecord<>(
            cluster.topics().images().name(), null, recordTime.toEpochMilli(), source, event));
  }

  private int answeredBy(String id) {
    Map<String, Integer> versions = new HashMap<>();
    await().atMost(30, SECONDS).until(() -> answers(versions).containsKey(id));
    return versions.get(id);
  }

  private Map<String, Integer> answers(Map<String, Integer> versions) {
    cluster
        .values(cluster.topics().recognitions(), Recognition.class)
        .forEach(answer -> versions.put(answer.getEventId(), answer.getModelVersion()));
    return versions;
  }

  private Cli run(String... arguments) {
    return cluster.run(arguments);
  }
}
