package io.nirvanastreams.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.records.ModelCatalogue;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

  private final Topics topics = Topics.withPrefix("p");
  private final AvroSerdes serdes = Models.serdes("publisher");
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  @TempDir private Path folder;
  private String failingTopic = "";
  private MockProducer<String, byte[]> kafka;
  private FolderBlobStore blobs;
  private Publisher publisher;

  @BeforeEach
  void start() {
    kafka =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
            return record.topic().equals(failingTopic)
                ? CompletableFuture.failedFuture(new TimeoutException("no broker"))
                : super.send(record);
          }
        };
    blobs = new FolderBlobStore(folder.resolve("blobs"));
    publisher = new Publisher(new ControlProducer(kafka, serdes), topics, blobs, clock, null);
  }

  private Publication publication() {
    return Models.publication(folder, Models.spec(1, "shirt", "bag"), null);
  }

  @Test
  void shouldWriteCentresThenCalibrationThenTheManifestLast() throws IOException {
    publisher.publish(publication());

    assertThat(kafka.history())
        .extracting(ProducerRecord::topic)
        .containsExactly("p.centres", "p.centres", "p.thresholds", "p.models");
    assertThat(kafka.history())
        .extracting(ProducerRecord::key)
        .containsExactly("clothes/1/shirt", "clothes/1/bag", "clothes/1", "clothes/1");
  }

  @Test
  void shouldShowNoVersionWhereverItIsKilled() throws IOException {
    publisher.publish(publication());

    List<ProducerRecord<String, byte[]>> all = kafka.history();
    for (int written = 0; written < all.size(); written++) {
      assertThat(catalogue(all.subList(0, written)).names()).as("after %d", written).isEmpty();
    }
    assertThat(catalogue(all).names()).containsExactly(Models.NAME);
  }

  @Test
  void shouldPublishWhatAReaderGetsBack() throws IOException {
    ModelManifest manifest = publisher.publish(publication());

    ModelVersion read = catalogue(kafka.history()).version(Models.NAME, 1).orElseThrow();
    assertThat(read.manifest()).isEqualTo(manifest);
    assertThat(read.spec()).isEqualTo(Models.spec(1, "shirt", "bag"));
    assertThat(read.centres()).isDeepEqualTo(read.spec().centres());
    assertThat(read.manifest().getProvenance().getSeed()).isEqualTo(7);
    assertThat(read.manifest().getProbe().getCount()).isEqualTo(1);
    assertThat(read.manifest().getCreatedAt()).isEqualTo(NOW);
    assertThat(Files.exists(blobs.fetch(manifest.getWeightsUri()).resolve("weights.safetensors")))
        .isTrue();
  }

  @Test
  void shouldWriteNoManifestWhenTheCalibrationCannotBeWritten() {
    failingTopic = "p.thresholds";

    assertThatThrownBy(() -> publisher.publish(publication()))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("p.thresholds");

    assertThat(kafka.history()).extracting(ProducerRecord::topic).doesNotContain("p.models");
  }

  @Test
  void shouldWriteNoRecordWhenTheWeightsCannotBeStored() throws IOException {
    Files.writeString(folder.resolve("blobs"), "a file where the folder should be");

    assertThatThrownBy(() -> publisher.publish(publication())).isInstanceOf(IOException.class);

    assertThat(kafka.history()).isEmpty();
  }

  private ModelCatalogue catalogue(List<ProducerRecord<String, byte[]>> records) {
    return new ModelCatalogue(
        read(records, topics.models(), ModelManifest.class),
        read(records, topics.centres(), ClassCentre.class),
        read(records, topics.thresholds(), Calibration.class),
        List.of());
  }

  private <T extends SpecificRecord> List<T> read(
      List<ProducerRecord<String, byte[]>> records, Topic topic, Class<T> type) {
    try (Deserializer<T> deserializer = serdes.deserializer(type)) {
      return records.stream()
          .filter(record -> record.topic().equals(topic.name()))
          .map(record -> deserializer.deserialize(topic.name(), record.value()))
          .toList();
    }
  }
}
