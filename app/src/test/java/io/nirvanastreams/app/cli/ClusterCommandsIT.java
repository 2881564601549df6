package io.nirvanastreams.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.schemas.Exemplar;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.SubjectType;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real broker and registry. */
class ClusterCommandsIT {
  private static LocalCluster cluster;
  private static Map<String, String> environment;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    cluster = LocalCluster.startTemporary();
    environment =
        Map.of(
            "NIRVANA_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
            "NIRVANA_SCHEMA_REGISTRY_URL", cluster.schemaRegistryUrl());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void shouldCreateTopicsOnceAndListThem() {
    assertThat(run("topics", "list", "--topic-prefix=t").out()).contains("t.images", "missing");

    Cli first = run("topics", "create", "--topic-prefix=t", "--partitions", "3");
    Cli second = run("topics", "create", "--topic-prefix=t");
    Cli list = run("topics", "list", "--topic-prefix=t");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("created t.images", "18 schemas registered");
    assertThat(second.out()).startsWith("0 topics created");
    assertThat(list.out()).doesNotContain("missing").containsPattern("t.images +3 +sourceId");
  }

  @Test
  void shouldIngestFilesUnaltered() throws IOException {
    run("topics", "create", "--topic-prefix=i");
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2};
    byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 3, 4};
    Files.write(directory.resolve("1.png"), png);
    Files.write(directory.resolve("2.jpg"), jpeg);

    Cli cli =
        run(
            "ingest",
            directory.toString(),
            "--topic-prefix=i",
            "--source=yard",
            "--loop",
            "--count=5",
            "--rate=500");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).startsWith("5 images sent to i.images");
    List<ImageEvent> images = images(access("i"));
    assertThat(images)
        .extracting(ImageEvent::getBytes)
        .containsExactly(
            ByteBuffer.wrap(png),
            ByteBuffer.wrap(jpeg),
            ByteBuffer.wrap(png),
            ByteBuffer.wrap(jpeg),
            ByteBuffer.wrap(png));
    assertThat(images).extracting(ImageEvent::getSourceId).containsOnly("yard");
  }

  @Test
  void shouldListShowAndNameGroups() throws Exception {
    run("topics", "create", "--topic-prefix=g");
    ClusterAccess access = access("g");
    try (Producer<String, NoveltyGroup> producer = access.producer()) {
      producer
          .send(new ProducerRecord<>(access.topics().groups().name(), "g-1", group("g-1", 7)))
          .get();
    }

    assertThat(run("groups", "list", "--topic-prefix=g").out()).containsPattern("g-1 +7 +OPEN");
    assertThat(run("groups", "show", "g-1", "--topic-prefix=g").out()).contains("size       7");
    assertThat(run("groups", "show", "g-2", "--topic-prefix=g").err()).contains("no group 'g-2'");
    assertThat(run("label", "g-2", "Dress", "--topic-prefix=g").exitCode()).isEqualTo(1);
    assertThat(run("label", "g-1", "--topic-prefix=g").exitCode()).isEqualTo(2);
    Cli named = run("label", "g-1", "Dress", "--author=me", "--topic-prefix=g");
    assertThat(run("label", "e-1", "--ignore", "--event", "--topic-prefix=g").exitCode()).isZero();

    assertThat(named.exitCode()).as(named.err()).isZero();
    Map<String, LabelAssigned> labels =
        Records.latest(access, access.topics().labels(), LabelAssigned.class);
    assertThat(labels.get("g-1").getClassName()).isEqualTo("Dress");
    assertThat(labels.get("g-1").getAuthor()).isEqualTo("me");
    assertThat(labels.get("g-1").getSubjectType()).isEqualTo(SubjectType.GROUP);
    assertThat(labels.get("e-1").getAction()).isEqualTo(LabelAction.IGNORE);
    assertThat(labels.get("e-1").getSubjectType()).isEqualTo(SubjectType.EVENT);
  }

  @Test
  void shouldAskToEraseGroupsAndSayThatNoProcessorDoes() throws Exception {
    run("topics", "create", "--topic-prefix=e");
    ClusterAccess access = access("e");
    NoveltyGroup into = group("g-1", 7);
    into.setScope("yard");
    NoveltyGroup merged = group("g-2", 3);
    merged.setState(GroupState.MERGED);
    merged.setMergedInto("g-1");
    try (Producer<String, NoveltyGroup> producer = access.producer()) {
      for (NoveltyGroup group : List.of(into, merged)) {
        producer
            .send(new ProducerRecord<>(access.topics().groups().name(), group.getGroupId(), group))
            .get();
      }
    }

    Cli unknown = run("groups", "erase", "g-3", "--topic-prefix=e");
    Cli unsure = run("groups", "erase", "g-1", "--topics", "--topic-prefix=e");
    Cli inPart = run("groups", "erase", "g-2", "--topic-prefix=e");
    Cli waits = run("groups", "erase", "g-1", "--timeout=1", "--author=me", "--topic-prefix=e");
    Cli leaves =
        run(
            "groups",
            "erase",
            "g-1",
            "--timeout=0",
            "--topics",
            "--yes",
            "--reason=ticket 7",
            "--topic-prefix=e");

    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).hasLineCount(1).contains("there is no group 'g-3'");
    assertThat(unsure.exitCode()).isEqualTo(2);
    assertThat(unsure.err()).contains("--yes");
    assertThat(inPart.exitCode()).isEqualTo(2);
    assertThat(inPart.err()).contains("was merged into g-1");
    assertThat(waits.exitCode()).isEqualTo(1);
    assertThat(waits.out()).contains("asked to erase 2 groups (e.labels)");
    assertThat(waits.err()).hasLineCount(1).contains("not erased within 1 s: g-1 g-2");
    assertThat(leaves.exitCode()).as(leaves.err()).isZero();
    assertThat(leaves.out()).contains("e.images: everything up to now is deleted");
    assertThat(run("label", "g-1", "Dress", "--topic-prefix=e").err()).contains("to be erased");
    LabelAssigned request =
        Records.latest(access, access.topics().labels(), LabelAssigned.class).get("g-1");
    assertThat(request.getAction()).isEqualTo(LabelAction.ERASE);
    assertThat(request.getScope()).isEqualTo("yard");
    assertThat(request.getReason()).isEqualTo("ticket 7");
    assertThat(run("audit", "list", "--topic-prefix=e").out())
        .containsPattern("erase +group/g-1")
        .containsPattern("erase +topic/e.images")
        .contains("ticket 7");
  }

  @Test
  void shouldCarryEveryRecordThroughTheRegistry() {
    run("topics", "create", "--topic-prefix=r");
    ClusterAccess access = access("r");
    for (Topic topic : access.topics().all()) {
      if (topic.schema() != null) {
        SpecificRecord record = filled(topic.schema());
        assertThat(roundTrip(access, topic, record)).isEqualTo(record);
      }
    }
  }

  @Test
  void shouldSayWhenNoBrokerAnswers() {
    Cli cli = run("topics", "list", "--bootstrap-servers", "127.0.0.1:1");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains("no Kafka broker answers at 127.0.0.1:1");
  }

  private static <T extends SpecificRecord> T roundTrip(
      ClusterAccess access, Topic topic, T record) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) record.getClass();
    try (Serializer<T> serializer = access.serdes().serializer();
        Deserializer<T> deserializer = access.serdes().deserializer(type)) {
      return deserializer.deserialize(topic.name(), serializer.serialize(topic.name(), record));
    }
  }

  // All defaults, but for fields where a value says more than the default does.
  private static SpecificRecord filled(Schema schema) {
    SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(
          field.pos(),
          field.schema().getType() == Schema.Type.STRING
              ? "value of " + field.name()
              : SpecificData.get()
                  .deepCopy(field.schema(), SpecificData.get().getDefaultValue(field)));
    }
    return record;
  }

  private static List<ImageEvent> images(ClusterAccess access) {
    List<ImageEvent> images = new ArrayList<>();
    Topic topic = access.topics().images();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka());
        Deserializer<ImageEvent> deserializer = access.serdes().deserializer(ImageEvent.class)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          ClusterAccess.PATIENCE,
          record -> images.add(deserializer.deserialize(topic.name(), record.value())));
    }
    return images;
  }

  private static NoveltyGroup group(String id, long size) {
    return NoveltyGroup.newBuilder()
        .setGroupId(id)
        .setSize(size)
        .setState(GroupState.OPEN)
        .setFirstSeen(Instant.EPOCH)
        .setLastSeen(Instant.EPOCH)
        .setExemplars(List.of(Exemplar.newBuilder().setEventId("e-1").build()))
        .build();
  }

  private static ClusterAccess access(String prefix) {
    return new ClusterAccess(
        cluster.bootstrapServers(),
        cluster.schemaRegistryUrl(),
        Topics.withPrefix(prefix),
        Map.of());
  }

  private static Cli run(String... arguments) {
    return Cli.run(environment, arguments);
  }
}
