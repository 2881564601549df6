package io.nirvanastreams.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.LiveLimits;
import io.nirvanastreams.processor.batch.PrefetchInterceptor;
import io.nirvanastreams.processor.limit.RecordLimits;
import io.nirvanastreams.processor.model.LiveModels;
import io.nirvanastreams.processor.model.ModelEvents;
import io.nirvanastreams.processor.model.Retention;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.processor.recognise.DeadLetter;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.AlertKind;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.SubjectType;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.serde.Vectors;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessorTopologyTest {
  private static final int UNREADABLE = 99;

  @TempDir private Path folder;
  private final Counters counters = new Counters();
  private ProcessorSettings settings;
  private AvroSerdes serdes;
  private Topics topics;
  private LiveModels models;
  private InferenceScheduler scheduler;
  private RecordLimits limits;
  private TopologyTestDriver driver;

  @BeforeEach
  void open() {
    settings =
        ProcessorSettings.of(
            Map.of(
                "bootstrap.servers",
                "unused:1",
                "schema.registry.url",
                "mock://" + folder.getFileName(),
                "auto.register.schemas",
                "true",
                "blob.store",
                folder.resolve("blobs").toString(),
                "state.dir",
                folder.resolve("state").toString(),
                "model.name",
                Samples.MODEL,
                "grouping.minimum.size",
                "3",
                "alerts.cooldown.ms",
                "60000"));
    serdes = settings.serdes();
    topics = settings.topics();
    models =
        new LiveModels(
            Samples.MODEL,
            version ->
                new ServingModel(
                    version.spec(),
                    "sha",
                    version.centres(),
                    version.calibration(),
                    new FakeNetwork()),
            Runnable::run,
            Duration.ofSeconds(20),
            new ModelEvents(Samples.MODEL, "test", event -> {}, Clock.systemUTC()),
            counters,
            Retention.ALL);
    scheduler =
        new InferenceScheduler(
            new BatchSettings(8, 64, 1),
            models,
            (event, shape) -> {
              byte pixel = event.getBytes().get(0);
              if (pixel == UNREADABLE) {
                throw new UndecodableImageException("no image");
              }
              return new byte[] {pixel};
            },
            counters);
    Map<String, Object> config =
        StreamsProperties.of(
            settings,
            new PrefetchInterceptor.Prefetch(
                scheduler, topics.images().name(), () -> serdes.deserializer(ImageEvent.class)));
    limits = RecordLimits.of(config);
    Properties properties = new Properties();
    properties.putAll(config);
    driver = new TopologyTestDriver(topology(config), properties, Instant.EPOCH);
    publish(1, 0);
  }

  @AfterEach
  void close() {
    driver.close();
    scheduler.close();
    models.close();
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
    byte[] value = value("a", UNREADABLE);
    send("camera", value, 5_000, new RecordHeaders().add("trace", new byte[] {7}));

    Recognition answer = read(topics.recognitions(), Recognition.class).get(0).value();
    assertThat(answer.getOutcome()).isEqualTo(Outcome.UNDECODABLE);
    assertThat(answer.getReason()).isEqualTo("no image");
    assertThat(answer.getModelVersion()).isEqualTo(1);
    TestRecord<byte[], byte[]> letter = deadLetters().get(0);
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
        serdes.<Promotion>serializer().serialize(topics.promotions().name(), promotion(9, 9_000)),
        1_000);
    image("a", Samples.BALL, 2_000);

    assertThat(read(topics.recognitions(), Recognition.class)).hasSize(1);
    List<TestRecord<byte[], byte[]>> letters = deadLetters();
    assertThat(letters).hasSize(2);
    assertThat(letters.get(0).value()).isEqualTo(poison);
    assertThat(header(letters.get(1), "__streams.errors.topic")).isEqualTo(topics.images().name());
  }

  @Test
  void shouldKeepTheHeadersOfWhatIsNoImageEvent() {
    send("camera", new byte[] {1}, 1_000, new RecordHeaders().add("trace", new byte[] {7}));

    TestRecord<byte[], byte[]> letter = deadLetters().get(0);
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
    assertThat(header(deadLetters().get(0), "__streams.errors.message"))
        .contains("an id of 1025 characters");
  }

  @Test
  void shouldCutWhatATopicIsTooSmallFor() {
    limits.set(topics.novelties().name(), 10_000);
    limits.set(topics.deadLetters().name(), 10_000);
    int[] large = new int[20_000];
    large[0] = Samples.UNKNOWN;
    send("camera", value("a", large), 1_000);
    large[0] = UNREADABLE;
    send("camera", value("b", large), 1_000);

    assertThat(read(topics.recognitions(), Recognition.class)).hasSize(2);
    assertThat(read(topics.novelties(), Novelty.class).get(0).value().getBytes()).isNull();
    TestRecord<byte[], byte[]> letter = deadLetters().get(0);
    assertThat(letter.value()).hasSizeLessThan(10_000);
    assertThat(header(letter, DeadLetter.CUT)).startsWith("200");
  }

  @Test
  void shouldDeadLetterAnImageWhoseAnswerDoesNotFit() {
    limits.set(topics.recognitions().name(), 3_000);

    image("a".repeat(900), Samples.BALL, 1_000);
    image("b", Samples.BALL, 2_000);

    assertThat(read(topics.recognitions(), Recognition.class)).hasSize(1);
    assertThat(header(deadLetters().get(0), "__streams.errors.message"))
        .contains("its answer does not fit");
  }

  @Test
  void shouldDeadLetterARecordWithoutAValue() {
    send("camera", null, 1_000);

    assertThat(deadLetters()).hasSize(1);
  }

  @Test
  void shouldSwitchModelsByRecordTime() {
    publish(2, 6_000);

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
    control(topics.labels(), groupId, label);

    driver.advanceWallClockTime(Duration.ofSeconds(2));
    driver.advanceWallClockTime(Duration.ofSeconds(2));
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

    send("camera", value("known", Samples.BALL), 1, sent);
    send("camera", value("broken", UNREADABLE), 2, sent);
    send("camera", new byte[] {1, 2, 3}, 3, sent);
    for (int i = 0; i < 3; i++) {
      send("camera", value("new-" + i, Samples.UNKNOWN), 4 + i, sent);
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
    List<TestRecord<byte[], byte[]>> letters =
        driver
            .createOutputTopic(
                topics.deadLetters().name(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())
            .readRecordsToList();
    assertAllTraced(letters, parent);
    assertThat(letters).hasSize(2);
    assertThat(
            counters
                .meters()
                .get("nirvana.dead.letters")
                .tag("reason", "failed")
                .functionCounter()
                .count())
        .isEqualTo(1);
    assertThat(
            counters
                .meters()
                .get("nirvana.dead.letters")
                .tag("reason", "undecodable")
                .functionCounter()
                .count())
        .isEqualTo(1);
  }

  private static <K, V> void assertAllTraced(List<TestRecord<K, V>> records, String parent) {
    assertThat(records).isNotEmpty().allSatisfy(record -> assertTraced(record.headers(), parent));
  }

  private static void assertTraced(Headers headers, String parent) {
    assertThat(headers.headers("traceparent"))
        .extracting(header -> new String(header.value(), StandardCharsets.US_ASCII))
        .containsExactly(parent);
  }

  private Topology topology(Map<String, Object> config) {
    return ProcessorTopology.build(
        settings,
        config,
        new ProcessorTopology.Parts(
            scheduler,
            new LiveLimits(settings.applicationId(), settings.batch(), scheduler),
            models,
            counters,
            Clock.systemUTC(),
            new LiveOverrides(Samples.MODEL, reason -> {}),
            (key, label) -> {}));
  }

  private void image(String id, int pixel, long time) {
    send("camera", value(id, pixel), time);
  }

  private byte[] value(String id, int... pixels) {
    return serdes
        .<ImageEvent>serializer()
        .serialize(topics.images().name(), Samples.event(id, pixels));
  }

  private void send(String key, byte[] value, long time) {
    send(key, value, time, new RecordHeaders());
  }

  private void send(String key, byte[] value, long time, Headers headers) {
    driver
        .createInputTopic(topics.images().name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers, time));
  }

  private void publish(int version, long effectiveFrom) {
    CentreRecords.toRecords(Samples.spec(version), Samples.centres())
        .forEach(
            centre ->
                control(
                    topics.centres(),
                    ModelKeys.centre(Samples.MODEL, version, centre.getLabel()),
                    centre));
    String key = ModelKeys.version(Samples.MODEL, version);
    control(
        topics.thresholds(),
        key,
        CalibrationRecords.toRecord(
            Samples.MODEL, version, Samples.calibration("t" + version), Instant.EPOCH));
    control(
        topics.models(),
        key,
        ModelManifest.newBuilder()
            .setName(Samples.MODEL)
            .setVersion(version)
            .setArchitecture("classifier32")
            .setInputChannels(1)
            .setInputHeight(1)
            .setInputWidth(1)
            .setClasses(Samples.CLASSES)
            .setDimension(2)
            .setExpand(Samples.EXPAND)
            .build());
    control(topics.promotions(), key, promotion(version, effectiveFrom));
  }

  private static Promotion promotion(int version, long effectiveFrom) {
    return Promotion.newBuilder()
        .setName(Samples.MODEL)
        .setVersion(version)
        .setRole(ModelRole.LIVE)
        .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
        .build();
  }

  private <T extends SpecificRecord> void control(Topic topic, String key, T value) {
    driver
        .createInputTopic(topic.name(), new StringSerializer(), serdes.<T>serializer())
        .pipeInput(key, value);
  }

  private <T extends SpecificRecord> List<TestRecord<String, T>> read(Topic topic, Class<T> type) {
    return driver
        .createOutputTopic(topic.name(), new StringDeserializer(), serdes.deserializer(type))
        .readRecordsToList();
  }

  private List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            topics.deadLetters().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
