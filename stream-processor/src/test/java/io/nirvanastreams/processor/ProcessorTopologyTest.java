package io.nirvanastreams.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.processor.recognise.DeadLetter;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.AlertKind;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.SubjectType;
import io.nirvanastreams.schemas.serde.Vectors;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessorTopologyTest {
  @TempDir private Path folder;
  private TestTopology topology;
  private Topics topics;

  @BeforeEach
  void open() {
    topology =
        new TestTopology(
            folder, Map.of("grouping.minimum.size", "3", "alerts.cooldown.ms", "60000"));
    topics = topology.topics;
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void shouldAnswerAKnownImageWithItsClassAndItsModel() {
    image("a", Samples.CUBE, 5_000);

    List<TestRecord<String, Recognition>> answers = read(topics.recognitions(), Recognition.class);
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).key()).isEqualTo("camera");
    assertThat(answers.get(0).timestamp()).isEqualTo(5_000);
    Recognition answer = answers.get(0).value();
    assertThat(answer.getEventId()).isEqualTo("a");
    assertThat(answer.getOutcome()).isEqualTo(Outcome.KNOWN);
    assertThat(answer.getLabel()).isEqualTo("cube");
    assertThat(answer.getDistance()).isZero();
    assertThat(answer.getNearest()).hasSize(2);
    assertThat(answer.getModelName()).isEqualTo(Samples.MODEL);
    assertThat(answer.getModelVersion()).isEqualTo(1);
    assertThat(answer.getWeightsSha256()).isEqualTo("sha");
    assertThat(answer.getThresholdVersion()).isEqualTo("t1");
    assertThat(read(topics.novelties(), Novelty.class)).isEmpty();
  }

  @Test
  void shouldSendAnUnknownImageToTheNoveltiesWithAllThatIsNeededToLearnIt() {
    image("a", Samples.UNKNOWN, 5_000);

    Recognition answer = read(topics.recognitions(), Recognition.class).get(0).value();
    assertThat(answer.getOutcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(answer.getLabel()).isNull();
    Novelty novelty = read(topics.novelties(), Novelty.class).get(0).value();
    assertThat(novelty.getRecognition()).isEqualTo(answer);
    assertThat(Vectors.floats(novelty.getEmbedding())).containsExactly(1, 0.03f);
    assertThat(novelty.getBytes().get(0)).isEqualTo((byte) Samples.UNKNOWN);
  }

  @Test
  void shouldAnswerAndDeadLetterAnUndecodableImage() {
    byte[] value = topology.value("a", TestTopology.UNREADABLE);
    topology.send("camera", value, 5_000, new RecordHeaders().add("trace", new byte[] {7}));

    Recognition answer = read(topics.recognitions(), Recognition.class).get(0).value();
    assertThat(answer.getOutcome()).isEqualTo(Outcome.UNDECODABLE);
    assertThat(answer.getReason()).isEqualTo("no image");
    assertThat(answer.getModelVersion()).isEqualTo(1);
    TestRecord<byte[], byte[]> letter = topology.deadLetters().get(0);
    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.key()).isEqualTo("camera".getBytes(StandardCharsets.UTF_8));
    assertThat(letter.headers().lastHeader("trace").value()).containsExactly(7);
    assertThat(header(letter, "__streams.errors.message")).isEqualTo("no image");
    assertThat(header(letter, "__streams.errors.topic")).isEqualTo(topics.images().name());
    assertThat(header(letter, "__streams.errors.partition")).isEqualTo("0");
    assertThat(header(letter, "__streams.errors.offset")).isEqualTo("0");
  }

  @Test
  void shouldDeadLetterWhatIsNoImageEventAndGoOn() {
    byte[] poison = "not avro".getBytes(StandardCharsets.UTF_8);
    send("camera", poison, 1_000);
    send(
        "camera",
        topology
            .serdes
            .<Promotion>serializer()
            .serialize(topics.promotions().name(), TestTopology.promotion(9, 9_000)),
        1_000);
    image("a", Samples.BALL, 2_000);

    assertThat(read(topics.recognitions(), Recognition.class)).hasSize(1);
    List<TestRecord<byte[], byte[]>> letters = topology.deadLetters();
    assertThat(letters).hasSize(2);
    assertThat(letters.get(0).value()).isEqualTo(poison);
    assertThat(header(letters.get(1), "__streams.errors.topic")).isEqualTo(topics.images().name());
  }

  @Test
  void shouldKeepTheHeadersOfWhatIsNoImageEvent() {
    topology.send(
        "camera", new byte[] {1}, 1_000, new RecordHeaders().add("trace", new byte[] {7}));

    TestRecord<byte[], byte[]> letter = topology.deadLetters().get(0);
    assertThat(letter.headers().lastHeader("trace").value()).containsExactly(7);
    assertThat(letter.headers().lastHeader("__streams.errors.stacktrace")).isNull();
    assertThat(letter.headers().lastHeader("__nirvana.pending")).isNull();
    assertThat(letter.key()).isEqualTo("camera".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldDeadLetterIdsWithoutEnd() {
    image("a".repeat(1_025), Samples.BALL, 1_000);
    image("b".repeat(1_024), Samples.BALL, 1_000);

    assertThat(read(topics.recognitions(), Recognition.class)).hasSize(1);
    assertThat(header(topology.deadLetters().get(0), "__streams.errors.message"))
        .contains("an id of 1025 characters");
  }

  @Test
  void shouldCutWhatATopicIsTooSmallFor() {
    topology.limits.set(topics.novelties().name(), 10_000);
    topology.limits.set(topics.deadLetters().name(), 10_000);
    int[] large = new int[20_000];
    large[0] = Samples.UNKNOWN;
    send("camera", topology.value("a", large), 1_000);
    large[0] = TestTopology.UNREADABLE;
    send("camera", topology.value("b", large), 1_000);

    assertThat(read(topics.recognitions(), Recognition.class)).hasSize(2);
    assertThat(read(topics.novelties(), Novelty.class).get(0).value().getBytes()).isNull();
    TestRecord<byte[], byte[]> letter = topology.deadLetters().get(0);
    assertThat(letter.value()).hasSizeLessThan(10_000);
    assertThat(header(letter, DeadLetter.CUT)).startsWith("200");
  }

  @Test
  void shouldDeadLetterAnImageWhoseAnswerDoesNotFit() {
    topology.limits.set(topics.recognitions().name(), 3_000);

    image("a".repeat(900), Samples.BALL, 1_000);
    image("b", Samples.BALL, 2_000);

    assertThat(read(topics.recognitions(), Recognition.class)).hasSize(1);
    assertThat(header(topology.deadLetters().get(0), "__streams.errors.message"))
        .contains("its answer does not fit");
  }

  @Test
  void shouldDeadLetterARecordWithoutAValue() {
    send("camera", null, 1_000);

    assertThat(topology.deadLetters()).hasSize(1);
  }

  @Test
  void shouldSwitchModelsByRecordTime() {
    topology.publish(2, 6_000);

    image("late", Samples.BALL, 6_000);
    image("early", Samples.BALL, 5_999);

    assertThat(read(topics.recognitions(), Recognition.class))
        .extracting(answer -> answer.value().getModelVersion())
        .containsExactly(2, 1);
  }

  @Test
  void shouldMakeAGroupOfUnknownsThatLookAlikeAndAlert() {
    for (int i = 0; i < 3; i++) {
      image("u" + i, Samples.UNKNOWN, 5_000 + i);
    }

    List<TestRecord<String, NoveltyGroup>> groups = read(topics.groups(), NoveltyGroup.class);
    assertThat(groups).hasSize(1);
    NoveltyGroup group = groups.get(0).value();
    assertThat(group.getSize()).isEqualTo(3);
    assertThat(group.getScope()).isEqualTo("site");
    assertThat(group.getState()).isEqualTo(GroupState.OPEN);
    assertThat(group.getExemplars()).hasSize(3);
    assertThat(group.getModelVersion()).isEqualTo(1);
    assertThat(read(topics.members(), GroupMember.class))
        .extracting(TestRecord::key)
        .containsExactly("u0", "u1", "u2");
    assertThat(read(topics.alerts(), Alert.class))
        .extracting(alert -> alert.value().getKind())
        .containsExactly(AlertKind.BORN);
  }

  @Test
  void shouldNameTheGroupThatALabelNamesAndSayNoMoreOfIt() {
    for (int i = 0; i < 3; i++) {
      image("u" + i, Samples.UNKNOWN, 5_000 + i);
    }
    String groupId = read(topics.groups(), NoveltyGroup.class).get(0).key();
    read(topics.alerts(), Alert.class);
    LabelAssigned label =
        LabelAssigned.newBuilder()
            .setSubjectId(groupId)
            .setSubjectType(SubjectType.GROUP)
            .setAction(LabelAction.ASSIGN)
            .setClassName("cone")
            .build();
    topology.control(topics.labels(), groupId, label);

    topology.advance(Duration.ofSeconds(2));
    topology.advance(Duration.ofSeconds(2));
    for (int i = 3; i < 30; i++) {
      image("u" + i, Samples.UNKNOWN, 5_000 + i);
    }

    List<TestRecord<String, NoveltyGroup>> groups = read(topics.groups(), NoveltyGroup.class);
    assertThat(groups.get(0).value().getState()).isEqualTo(GroupState.NAMED);
    assertThat(groups.get(0).value().getSize()).isEqualTo(3);
    assertThat(groups).allSatisfy(group -> assertThat(group.value().getLabel()).isEqualTo("cone"));
    assertThat(groups).hasSizeLessThan(6);
    assertThat(read(topics.alerts(), Alert.class)).isEmpty();
  }

  @Test
  void shouldCarryTheTraceOfAnImageThroughItsAnswers() {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    Headers sent =
        new RecordHeaders()
            .add("traceparent", parent.getBytes(StandardCharsets.US_ASCII))
            .add("private", new byte[] {1});

    topology.send("camera", topology.value("known", Samples.BALL), 1, sent);
    topology.send("camera", topology.value("broken", TestTopology.UNREADABLE), 2, sent);
    topology.send("camera", new byte[] {1, 2, 3}, 3, sent);
    for (int i = 0; i < 3; i++) {
      topology.send("camera", topology.value("new-" + i, Samples.UNKNOWN), 4 + i, sent);
    }
    image("untraced", Samples.BALL, 9);

    List<TestRecord<String, Recognition>> answers = read(topics.recognitions(), Recognition.class);
    assertThat(answers.subList(0, 5))
        .allSatisfy(
            answer -> {
              assertTraced(answer.headers(), parent);
              assertThat(answer.headers().lastHeader("private")).isNull();
            });
    assertThat(answers.get(5).headers()).isEmpty();
    assertAllTraced(read(topics.novelties(), Novelty.class), parent);
    assertAllTraced(read(topics.members(), GroupMember.class), parent);
    assertAllTraced(read(topics.groups(), NoveltyGroup.class), parent);
    List<TestRecord<byte[], byte[]>> letters = topology.deadLetters();
    assertAllTraced(letters, parent);
    assertThat(letters).hasSize(2);
    assertThat(letters("failed")).isEqualTo(1);
    assertThat(letters("undecodable")).isEqualTo(1);
  }

  private static <K, V> void assertAllTraced(List<TestRecord<K, V>> records, String parent) {
    assertThat(records).isNotEmpty().allSatisfy(record -> assertTraced(record.headers(), parent));
  }

  private static void assertTraced(Headers headers, String parent) {
    assertThat(headers.headers("traceparent"))
        .extracting(header -> new String(header.value(), StandardCharsets.US_ASCII))
        .containsExactly(parent);
  }

  private void image(String id, int pixel, long time) {
    topology.image(id, pixel, time);
  }

  private void send(String key, byte[] value, long time) {
    topology.send(key, value, time, new RecordHeaders());
  }

  private <T extends SpecificRecord> List<TestRecord<String, T>> read(Topic topic, Class<T> type) {
    return topology.read(topic, type);
  }

  private double letters(String reason) {
    return topology
        .counters
        .meters()
        .get("nirvana.dead.letters")
        .tag("reason", reason)
        .functionCounter()
        .count();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
