package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.TestCluster;
import io.nirvanastreams.app.clients.Labels;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.schemas.AlarmGauge;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.NearestClass;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.SubjectType;
import io.nirvanastreams.schemas.serde.Vectors;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Targets of a live model, by commands. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThresholdCommandsIT {
  @TempDir private static Path directory;

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(directory);
    TestModels.write(directory.resolve("model"));
    run("publish", directory + "/model", "--unsigned");
    // A promotion holds from a moment later; one from the beginning needs no waiting.
    cluster.send(
        cluster.topics().promotions(),
        "default/1",
        Promotion.newBuilder().setName("default").setVersion(1).setRole(ModelRole.LIVE).build());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  @Order(1)
  void shouldSetListAndUnset() {
    Cli set = run("thresholds", "set", "--source", "door", "--alpha", "0.2", "--reason", "dark");
    assertThat(set.exitCode()).as(set.err()).isZero();
    assertThat(set.out()).contains("every class of source door: alpha 0.2, alarm budget -");
    run("thresholds", "set", "--source", "door", "--alarm-budget", "0.3");
    run("thresholds", "set", "--class", "spot", "--alpha", "0.1");

    assertThat(run("thresholds", "list").out())
        .containsPattern("door +\\* +0.2 +0.3 ")
        .containsPattern("\\* +spot +0.1 +- ");

    assertThat(run("thresholds", "unset", "--source", "door").exitCode()).isZero();
    assertThat(run("thresholds", "list").out()).doesNotContain("door").contains("spot");
    assertThat(run("thresholds", "list", "--all").out()).contains("door", "dark");
    assertThat(run("thresholds", "unset", "--source", "door").err()).contains("no override");
  }

  @Test
  @Order(2)
  void shouldRefuseWhatIsNoTarget() {
    assertThat(run("thresholds", "set", "--alpha", "2").exitCode()).isEqualTo(2);
    assertThat(run("thresholds", "set", "--source", "door").err()).contains("give --alpha");
    assertThat(run("thresholds", "set", "--class", "tree", "--alpha", "0.1").err())
        .contains("no class 'tree'");
    assertThat(
            run("thresholds", "set", "--class", "spot", "--alarm-budget", "0.1", "--alpha", "0.1")
                .err())
        .contains("for a source, not for a class");
    assertThat(run("thresholds", "set", "--alpha", "0.1", "--from", "2020-01-01T00:00:00Z").err())
        .contains("too early");
    assertThat(run("thresholds", "set", "--alpha", "0.0001").out())
        .contains("Nothing will be answered unknown");
  }

  @Test
  @Order(3)
  void shouldShowWhatWasMeasured() throws Exception {
    for (int partition = 0; partition < 2; partition++) {
      cluster.send(
          cluster.topics().gauges(),
          "default/1/t/" + partition,
          AlarmGauge.newBuilder()
              .setName("default")
              .setVersion(1)
              .setThresholdVersion("t")
              .setPartition(partition)
              .setAlpha(0.1)
              .setKnown(450)
              .setUnknown(50)
              .setLabelledUnknown(25)
              .setLabelledUnknownOfClasses(25)
              .build());
    }

    assertThat(run("thresholds", "list").out())
        .containsPattern("1 +t +900 +100 +50 +0.1 +0.1000 \\+- 0.00");
  }

  @Test
  @Order(4)
  void shouldRecalibrateFromLabelsAndRefuseTooFew() throws Exception {
    Cli none = run("recalibrate");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("too few confirmed images: alpha 0.1 needs 10", "spot has 0");
    for (int i = 0; i < 30; i++) {
      answer("s" + i, i % 2 == 0 ? "stripes" : "spot", 0.5 + i / 100.0);
    }

    assertThat(run("recalibrate", "--dry-run").out()).contains("is not published");
    Cli done = run("recalibrate", "--author", "me");

    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.out())
        .containsPattern("spot +\\d+ +15")
        .contains("default/1 ", " decides from ");
    Calibration published =
        Records.latest(cluster.access(), cluster.topics().thresholds(), Calibration.class)
            .values()
            .stream()
            .filter(one -> !one.getParent().isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(published.getEffectiveFrom()).isAfter(published.getCreatedAt());
    assertThat(published.getVersion()).isEqualTo(published.getParent() + "-r1");
    assertThat(published.getAuthor()).isEqualTo("me");
    assertThat(published.getOrigin()).isEqualTo("confirmed labels of answers");
    assertThat(Vectors.doubles(published.getClasses().get(0).getScores()))
        .hasSize(15)
        .startsWith(0.5);
    assertThat(run("recalibrate").out()).contains("would change nothing");
  }

  private static void answer(String eventId, String label, double score) throws Exception {
    cluster.send(
        cluster.topics().recognitions(),
        "door",
        Recognition.newBuilder()
            .setEventId(eventId)
            .setOutcome(Outcome.KNOWN)
            .setLabel(label)
            .setScore(score)
            .setScoreName("cosine")
            .setNearest(List.of(NearestClass.newBuilder().setLabel(label).build()))
            .setModelName("default")
            .setModelVersion(1)
            .build());
    LabelAssigned confirmed = Labels.assign(eventId, SubjectType.EVENT, label, "me");
    cluster.send(cluster.topics().labels(), eventId, confirmed);
  }

  private static Cli run(String... arguments) {
    return cluster.attempt(arguments);
  }
}
