package io.nirvanastreams.app.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.app.TestCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Models;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.app.recalibrate.Recalibrator;
import io.nirvanastreams.app.replay.NoveltyCloser;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.processor.model.ControlTopics;
import io.nirvanastreams.processor.replay.ReviewSettings;
import io.nirvanastreams.processor.replay.ReviewedGroup;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * SameInputSameBytes, and what another version changes: version 1 doubts nearly everything, version
 * 2 knows it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayIT {
  private static final int IMAGES = 200;

  @TempDir private static Path directory;

  private static TestCluster cluster;
  private static ClusterAccess access;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(directory);
    access = cluster.access();
    TestModels.write(directory.resolve("doubting"), 1, 0.9);
    TestModels.write(directory.resolve("knowing"), 2, 0.1);
    TestModels.writeImages(directory.resolve("images"));
    cluster.run("publish", directory.resolve("doubting").toString(), "--unsigned", "--promote");
    cluster.run("publish", directory.resolve("knowing").toString(), "--unsigned");
    cluster.process(Map.of("batch.fixed", "64")).awaitReady(Duration.ofSeconds(60));
    for (String pattern : List.of("stripes", "spot")) {
      cluster.run(
          "ingest",
          directory.resolve("images").resolve(pattern).toString(),
          "--source=" + pattern,
          "--rate=1000");
    }
    await()
        .atMost(60, SECONDS)
        .until(() -> answers(access.topics().recognitions()).size() == IMAGES);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  @Order(1)
  void shouldGiveTheSameBytesForTheSameModel() throws Exception {
    Map<TopicPartition, Long> before = committed();

    Cli one = cluster.run("replay", "--model=1", "--diff", "--output-topic=again");
    cluster.run("replay", "--output-topic=as-live");

    Map<String, Recognition> streamed = answers(access.topics().recognitions());
    assertThat(answers(replayed("again"))).isEqualTo(streamed);
    assertThat(answers(replayed("as-live"))).isEqualTo(streamed);
    assertThat(one.out())
        .contains(
            "agreement   1.0000 (200 of 200); 200 equal in all but the timings",
            "written to  again");
    assertThat(committed()).as("offsets of the stream").isEqualTo(before);
    assertThat(groups()).containsExactly("nirvana-processor");
  }

  @Test
  @Order(2)
  void shouldTellWhatAnotherVersionChanges() throws Exception {
    Path report = directory.resolve("report.json");

    Cli cli =
        cluster.run(
            "replay",
            "--model=2",
            "--diff",
            "--from=1h",
            "--source=spot",
            "--no-output",
            "--json=" + report);

    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.path("answered").asInt()).isEqualTo(IMAGES / 2);
    assertThat(json.path("complete").asBoolean()).isTrue();
    JsonNode change = json.path("difference").path("changes").get(0);
    assertThat(change.path("kind").asText()).isEqualTo("UNKNOWN_TO_KNOWN");
    assertThat(change.path("to").asText()).isEqualTo("spot");
    assertThat(change.path("count").asInt()).isGreaterThan(IMAGES / 4);
    assertThat(change.path("examples")).hasSize(3);
    assertThat(cli.out())
        .containsPattern("unknown -> known +\\(unknown\\) +spot")
        .doesNotContain("written to");
  }

  @Test
  @Order(3)
  void shouldCloseGroupsThatALaterVersionKnows() {
    await().atMost(20, SECONDS).until(() -> !open().isEmpty());
    List<String> open = open();

    Cli cli = cluster.run("replay", "--novelties", "--model=2", "--images-per-group=20");

    assertThat(cli.out()).contains(open.size() + " of " + open.size() + " groups");
    Map<String, LabelAssigned> labels =
        Records.latest(access, access.topics().labels(), LabelAssigned.class);
    assertThat(labels).containsOnlyKeys(open);
    assertThat(labels.values())
        .allSatisfy(
            label -> {
              assertThat(label.getAction()).isEqualTo(LabelAction.RECOGNISE);
              assertThat(label.getAuthor()).isEqualTo("model default/2");
              assertThat(label.getModelVersion()).isEqualTo(2);
              assertThat(label.getRecognisedAs()).isIn("stripes", "spot");
              assertThat(label.getReason()).startsWith("version 2 knows");
            });
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(latestGroups())
                    .filteredOn(group -> open.contains(group.getGroupId()))
                    .extracting(NoveltyGroup::getState)
                    .containsOnly(GroupState.RECOGNISED));
    assertThat(run("replay", "--novelties", "--model=2").out()).contains("0 of 0 groups");
  }

  @Test
  @Order(4)
  void shouldDecideByTheThresholdsOfTheTimeThoughTheyWereChangedAfterwards() throws Exception {
    ModelVersion live = Models.live(Models.catalogue(access), "default").orElseThrow();
    OpenSetCalibration before = live.calibration();
    OpenSetCalibration strict =
        new OpenSetCalibration(
            "strict",
            0.95,
            before.method(),
            before.score(),
            before.scoreParameters(),
            before.classes(),
            before.fitted());
    Instant from = new Recalibrator(access, Clock.systemUTC()).publish(live, strict, "me");
    await().atMost(20, SECONDS).until(() -> Instant.now().isAfter(from));
    cluster.run(
        "ingest",
        directory.resolve("images").resolve("spot").toString(),
        "--source=later",
        "--rate=1000");
    await()
        .atMost(30, SECONDS)
        .until(() -> answers(access.topics().recognitions()).size() == IMAGES + IMAGES / 2);

    cluster.run("replay", "--output-topic=by-then");
    cluster.run("replay", "--model=1", "--output-topic=by-then-too");
    cluster.run("replay", "--model=1", "--newest-thresholds", "--output-topic=by-now");

    Map<String, Recognition> streamed = answers(access.topics().recognitions());
    assertThat(streamed.values())
        .filteredOn(answer -> answer.getSourceId().equals("later"))
        .extracting(Recognition::getThresholdVersion)
        .containsOnly("strict");
    assertThat(streamed.values())
        .extracting(Recognition::getThresholdVersion)
        .contains(before.version());
    assertThat(answers(replayed("by-then"))).isEqualTo(streamed);
    assertThat(answers(replayed("by-then-too"))).isEqualTo(streamed);
    assertThat(answers(replayed("by-now")).values())
        .extracting(Recognition::getThresholdVersion)
        .containsOnly("strict");
  }

  @Test
  @Order(5)
  void shouldCloseGroupsInTheBackgroundWhenAVersionGoesLive() {
    cluster.run(
        "ingest",
        directory.resolve("images").resolve("spot").toString(),
        "--source=gate",
        "--scope=yard",
        "--rate=1000");
    await().atMost(30, SECONDS).until(() -> !open().isEmpty());
    List<ReviewedGroup> closed = new CopyOnWriteArrayList<>();
    try (NoveltyCloser closer =
        new NoveltyCloser(
            access,
            cluster.settings(Map.of("batch.fixed", "64")),
            ReviewSettings.DEFAULT,
            closed::add)) {
      closer.start();

      cluster.run("models", "promote", "default", "2");

      await().atMost(60, SECONDS).until(() -> !closed.isEmpty());
    }
    assertThat(closed.get(0).label()).isEqualTo("spot");
    assertThat(
            Records.latest(access, access.topics().labels(), LabelAssigned.class)
                .get(closed.get(0).groupId())
                .getModelVersion())
        .isEqualTo(2);
  }

  @Test
  @Order(6)
  void shouldRefuseTopicsOfTheStreamAndUsedOnes() {
    assertThat(run("replay", "--output-topic=nirvana.recognitions").err())
        .contains("is a topic of the stream");
    assertThat(run("replay", "--output-topic=again").err()).contains("holds records already");
    assertThat(run("replay", "--model=7").err()).contains("no model default/7");
    assertThat(run("replay", "--name=other").err()).contains("was ever live");
    assertThat(run("replay", "--max-images=10").err()).contains("--max-images");
  }

  @Test
  @Order(7)
  void shouldSayAtOnceThatNoVersionIsTrusted() throws Exception {
    Cli cli =
        Cli.run(
            Map.of(
                "NIRVANA_BOOTSTRAP_SERVERS", access.bootstrapServers(),
                "NIRVANA_SCHEMA_REGISTRY_URL", access.schemaRegistryUrl(),
                "NIRVANA_BLOB_STORE", blobs()),
            "replay",
            "--output-topic=refused");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err())
        .hasLineCount(1)
        .startsWith("nirvana replay: every version of 'default' that was live is refused; version ")
        .contains("the manifest is not signed; sign it with 'nirvana models sign'");
    try (Admin admin = access.admin()) {
      assertThat(admin.listTopics().names().get()).doesNotContain("refused");
    }
  }

  @Test
  @Order(8)
  void shouldRecallTheRecordsOfOneVersionAndNoOthers() {
    ToldRecords told = new ToldRecords();

    new ControlTopics(access.kafka(), access.serdes(), access.topics()).recall("default", 1, told);

    assertThat(told.byKey())
        .containsOnlyKeys(
            "manifest default/1",
            "centre default/1/stripes",
            "centre default/1/spot",
            "calibration default/1",
            "calibration default/1/strict")
        .doesNotContainValue(null);
  }

  @Test
  @Order(9)
  void shouldEraseAGroupWithItsPictures() {
    String held =
        latestGroups().stream()
            .filter(group -> group.getScope().equals("yard"))
            .map(NoveltyGroup::getGroupId)
            .findFirst()
            .orElseThrow();

    Cli cli = cluster.run("groups", "erase", held, "--timeout=20");

    assertThat(cli.out()).contains("group " + held + " is erased");
    assertThat(latestGroups()).extracting(NoveltyGroup::getGroupId).doesNotContain(held);
    assertThat(run("groups", "erase", held).out()).contains("is erased already");
  }

  /** The topic of a replay's answers. */
  private static Topic replayed(String name) {
    Topic live = access.topics().recognitions();
    return new Topic(name, live.key(), live.schema(), live.purpose(), true, Map.of());
  }

  /** Answers by event id, without their timings. */
  private static Map<String, Recognition> answers(Topic topic) {
    Map<String, Recognition> answers = new TreeMap<>();
    try (Deserializer<Recognition> deserializer = access.serdes().deserializer(Recognition.class)) {
      for (ConsumerRecord<String, byte[]> record : cluster.records(topic)) {
        Recognition answer = deserializer.deserialize(topic.name(), record.value());
        assertThat(answer.getTimings()).isNotNull();
        assertThat(answer.getOutcome()).isNotEqualTo(Outcome.UNDECODABLE);
        assertThat(record.key()).isEqualTo(answer.getSourceId());
        answer.setTimings(null);
        assertThat(answers.put(answer.getEventId(), answer)).isNull();
      }
    }
    return answers;
  }

  private static List<String> open() {
    List<String> open = new ArrayList<>();
    for (NoveltyGroup group : latestGroups()) {
      if (group.getState() == GroupState.OPEN) {
        open.add(group.getGroupId());
      }
    }
    return open;
  }

  private static Collection<NoveltyGroup> latestGroups() {
    return Records.latest(access, access.topics().groups(), NoveltyGroup.class).values();
  }

  private static Map<TopicPartition, Long> committed() throws Exception {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (Admin admin = access.admin()) {
      admin
          .listConsumerGroupOffsets("nirvana-processor")
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    }
    return offsets;
  }

  private static List<String> groups() throws Exception {
    try (Admin admin = access.admin()) {
      return admin.listGroups().all().get().stream().map(group -> group.groupId()).toList();
    }
  }

  private static String blobs() {
    return directory.resolve("blobs").toString();
  }

  private static Cli run(String... arguments) {
    return cluster.attempt(arguments);
  }
}
