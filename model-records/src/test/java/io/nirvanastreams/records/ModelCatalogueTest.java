package io.nirvanastreams.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
  private final ModelSpec spec = Samples.spec(1, "shirt", "bag");
  private final List<ClassCentre> centres = CentreRecords.toRecords(spec, spec.centres());
  private final Calibration calibration =
      CalibrationRecords.toRecord(
          "clothes", 1, Samples.calibration("shirt", "bag"), Instant.ofEpochMilli(5));

  @Test
  void shouldListAWholeVersion() {
    ModelCatalogue catalogue =
        new ModelCatalogue(
            List.of(Samples.manifest(spec)),
            centres,
            List.of(calibration),
            List.of(Samples.live(1, 100)));

    assertThat(catalogue.names()).containsExactly("clothes");
    assertThat(catalogue.versions("clothes")).hasSize(1);
    assertThat(catalogue.live("clothes", Instant.ofEpochMilli(100)))
        .get()
        .extracting(ModelVersion::spec)
        .isEqualTo(spec);
    assertThat(catalogue.live("clothes", Instant.ofEpochMilli(99))).isEmpty();
    assertThat(catalogue.versions("shoes")).isEmpty();
    assertThat(catalogue.problems()).isEmpty();
  }

  @Test
  void shouldNotSeeAVersionWithoutItsManifest() {
    ModelCatalogue catalogue =
        new ModelCatalogue(List.of(), centres, List.of(calibration), List.of(Samples.live(1, 100)));

    assertThat(catalogue.names()).isEmpty();
    assertThat(catalogue.live("clothes", Instant.ofEpochMilli(100))).isEmpty();
  }

  @Test
  void shouldSayWhyAVersionIsNotWholeAndKeepTheOthers() {
    ModelSpec second = Samples.spec(2, "shirt", "bag", "coat");

    ModelCatalogue catalogue =
        new ModelCatalogue(
            List.of(Samples.manifest(spec), Samples.manifest(second)),
            centres,
            List.of(
                calibration,
                CalibrationRecords.toRecord(
                    "clothes", 2, Samples.calibration("shirt"), Instant.EPOCH)),
            List.of());

    assertThat(catalogue.versions("clothes"))
        .extracting(one -> one.spec().version())
        .containsExactly(1);
    assertThat(catalogue.nextVersion("clothes")).isEqualTo(3);
    assertThat(catalogue.nextVersion("shoes")).isEqualTo(1);
    assertThat(catalogue.problems()).containsOnlyKeys("clothes/2");
    assertThat(catalogue.problems().get("clothes/2")).contains("has no centre");
  }

  @Test
  void shouldReadTheControlTopicsToTheirEnds() {
    AvroSerdes serdes =
        new AvroSerdes(
            Map.of(
                AvroSerdes.SCHEMA_REGISTRY_URL,
                "mock://catalogue",
                AvroSerdes.AUTO_REGISTER,
                true));
    Topics topics = Topics.withPrefix("c");
    Map<Topic, Map<String, ? extends SpecificRecord>> content =
        Map.of(
            topics.models(), Map.of("clothes/1", Samples.manifest(spec)),
            topics.centres(),
                Map.of(
                    "clothes/1/shirt", centres.get(0),
                    "clothes/1/bag", centres.get(1)),
            topics.thresholds(), Map.of("clothes/1", calibration),
            topics.promotions(), Map.of("clothes/1", Samples.live(1, 100)));

    ModelCatalogue catalogue =
        ModelCatalogue.read(cluster(content, serdes), serdes, topics, Duration.ofSeconds(10));

    assertThat(catalogue.live("clothes", Instant.ofEpochMilli(100)))
        .get()
        .satisfies(
            live -> {
              assertThat(live.centres()).isDeepEqualTo(spec.centres());
              assertThat(live.calibration().alpha()).isEqualTo(0.05);
            });
  }

  private static MockConsumer<String, byte[]> cluster(
      Map<Topic, Map<String, ? extends SpecificRecord>> content, AvroSerdes serdes) {
    MockConsumer<String, byte[]> consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized void assign(java.util.Collection<TopicPartition> partitions) {
            super.assign(partitions);
            schedulePollTask(
                () -> {
                  for (TopicPartition partition : partitions) {
                    long offset = 0;
                    for (var entry : records(partition.topic()).entrySet()) {
                      addRecord(
                          new ConsumerRecord<>(
                              partition.topic(),
                              0,
                              offset++,
                              entry.getKey(),
                              serdes.serializer().serialize(partition.topic(), entry.getValue())));
                    }
                  }
                });
          }

          private Map<String, ? extends SpecificRecord> records(String topic) {
            return content.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(topic))
                .findFirst()
                .orElseThrow()
                .getValue();
          }
        };
    Node node = new Node(0, "localhost", 1);
    Node[] nodes = {node};
    Map<TopicPartition, Long> begin = new HashMap<>();
    Map<TopicPartition, Long> end = new HashMap<>();
    content.forEach(
        (topic, records) -> {
          consumer.updatePartitions(
              topic.name(), List.of(new PartitionInfo(topic.name(), 0, node, nodes, nodes)));
          begin.put(new TopicPartition(topic.name(), 0), 0L);
          end.put(new TopicPartition(topic.name(), 0), (long) records.size());
        });
    consumer.updateBeginningOffsets(begin);
    consumer.updateEndOffsets(end);
    return consumer;
  }
}
