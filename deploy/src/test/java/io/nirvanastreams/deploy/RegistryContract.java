package io.nirvanastreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.SchemaRegistration;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicAdmin;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a schema registry has to do for the product, whoever made it and wherever its API is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryContract {
  private static final int PER_TOPIC = 20;

  /** A cluster with nothing in it, and the registry. */
  abstract ClusterAccess access();

  @Test
  void shouldCarryEveryRecordThroughTheClusterAndTheRegistry() throws Exception {
    ClusterAccess access = access();
    try (Admin admin = access.admin()) {
      TopicAdmin.createMissing(admin, access.topics(), 2, (short) 1);
    }
    SchemaRegistration.register(access);

    for (Topic topic : access.topics().all()) {
      if (topic.schema() == null) {
        continue; // bytes
      }
      List<SpecificRecord> written = RandomRecords.of(topic.schema(), PER_TOPIC);
      try (Producer<String, SpecificRecord> producer = access.producer()) {
        for (SpecificRecord value : written) {
          producer.send(new ProducerRecord<>(topic.name(), topic.name(), value)).get();
        }
      }
      assertThat(read(access, topic)).as(topic.name()).isEqualTo(written);
    }
  }

  @Test
  void shouldRefuseWhatOldReadersOrOldRecordsCannotBear() throws Exception {
    Topic topic = access().topics().recognitions();
    SchemaRegistration.register(access(), List.of(topic));
    try (SchemaRegistryClient client = client()) {
      assertThat(client.getCompatibility(topic.subject())).isEqualTo("FULL_TRANSITIVE");
      Schema changed = RandomRecords.withFieldThatHasNoDefault(topic.schema());

      RestClientException refused =
          catchThrowableOfType(
              RestClientException.class,
              () -> client.register(topic.subject(), new AvroSchema(changed)));

      assertThat(refused.getStatus()).isEqualTo(409);
      assertThat(client.getAllVersions(topic.subject())).hasSize(1);
      assertThat(client.testCompatibility(topic.subject(), new AvroSchema(changed))).isFalse();
    }
  }

  @Test
  void shouldGiveASchemaTheSameIdEachTime() throws Exception {
    Topic topic = access().topics().images();
    SchemaRegistration.register(access(), List.of(topic));
    SchemaRegistration.register(access(), List.of(topic));

    try (SchemaRegistryClient client = client()) {
      assertThat(client.getAllVersions(topic.subject())).hasSize(1);
      int id = client.getLatestSchemaMetadata(topic.subject()).getId();
      Schema stored = (Schema) client.getSchemaById(id).rawSchema();
      assertThat(stored.getFullName()).isEqualTo(topic.schema().getFullName());
    }
  }

  private SchemaRegistryClient client() {
    return new CachedSchemaRegistryClient(access().schemaRegistryUrl(), 100, access().registry());
  }

  private static List<SpecificRecord> read(ClusterAccess access, Topic topic) {
    List<SpecificRecord> read = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka());
        Deserializer<SpecificRecord> deserializer =
            access.serdes().deserializer(SpecificRecord.class)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          ClusterAccess.PATIENCE,
          record -> read.add(deserializer.deserialize(topic.name(), record.value())));
    }
    return read;
  }
}
