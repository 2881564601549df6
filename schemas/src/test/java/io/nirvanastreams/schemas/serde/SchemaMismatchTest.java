package io.nirvanastreams.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.ImageEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class SchemaMismatchTest {
  private static final String TOPIC = "nirvana.group-members";
  private static final String HINT =
      "; is it the registry of another cluster? see docs/operations.md, 'Records that cannot be"
          + " read'";

  @Test
  void shouldSayThatTheRegistryLacksTheSchemaAndWhereTheRecordStands() {
    byte[] bytes = written("mock://one", GroupMember.newBuilder().build(), 4_711);

    assertThatThrownBy(() -> read("mock://two", GroupMember.class, bytes))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessage(
            "the record of nirvana.group-members-3 at 42 names schema 4711, which the registry at"
                + " mock://two does not have"
                + HINT);
  }

  @Test
  void shouldSayWhatTheRegistryHasUnderTheNumber() {
    byte[] bytes = written("mock://three", Alert.newBuilder().build(), 0);
    int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();

    SchemaMismatchException mismatch =
        catchThrowableOfType(
            SchemaMismatchException.class, () -> read("mock://three", GroupMember.class, bytes));

    assertThat(mismatch)
        .hasMessageContaining("names schema " + id + ", which the registry at mock://three has as")
        .hasMessageContaining("has as Alert, not as GroupMember;");
    assertThat(mismatch.schemaId()).isEqualTo(id);
  }

  @Test
  void shouldSayThatTheSchemaDoesNotFitTheBytes() {
    byte[] image = written("mock://four", ImageEvent.newBuilder().setEventId("e").build(), 0);
    int id = ByteBuffer.wrap(image, 1, Integer.BYTES).getInt();
    byte[] cut = Arrays.copyOf(image, 7);

    assertThatThrownBy(() -> read("mock://four", ImageEvent.class, cut))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining(
            "names schema " + id + ", which as the registry at mock://four has it does not fit");
  }

  @Test
  void shouldLeaveItAtThatForWhatIsNoRecordAndWhereNoRegistryAnswers() {
    byte[] poison = "not avro".getBytes(StandardCharsets.UTF_8);
    byte[] good = written("mock://five", GroupMember.newBuilder().build(), 0);

    assertThatThrownBy(() -> read("mock://five", GroupMember.class, poison))
        .isInstanceOf(SerializationException.class)
        .isNotInstanceOf(SchemaMismatchException.class);
    assertThatThrownBy(() -> read("http://127.0.0.1:1", GroupMember.class, good))
        .isInstanceOf(SerializationException.class)
        .isNotInstanceOf(SchemaMismatchException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(read("mock://five", GroupMember.class, null)).isNull();
  }

  @Test
  void shouldSayThatTheRegistryLacksTheSchemaThatIsToBeWrittenBy() {
    AvroSerdes asOperated = new AvroSerdes(Map.of(AvroSerdes.SCHEMA_REGISTRY_URL, "mock://six"));

    assertThatThrownBy(
            () -> asOperated.serializer().serialize(TOPIC, GroupMember.newBuilder().build()))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("the registry at mock://six does not have this version's schema of")
        .hasMessageContaining("nirvana topics create");
  }

  /** A record of a topic; with the number of a schema in place of its own where one is given. */
  private static byte[] written(String registry, SpecificRecord record, int schemaId) {
    byte[] bytes = serdes(registry).serializer().serialize(TOPIC, record);
    if (schemaId > 0) {
      ByteBuffer.wrap(bytes).putInt(1, schemaId);
    }
    return bytes;
  }

  private static <T extends SpecificRecord> T read(String registry, Class<T> type, byte[] bytes) {
    try (Deserializer<T> deserializer = serdes(registry).deserializer(type)) {
      return AvroSerdes.read(deserializer, new ConsumerRecord<>(TOPIC, 3, 42, "key", bytes));
    }
  }

  private static AvroSerdes serdes(String registry) {
    return new AvroSerdes(
        Map.of(AvroSerdes.SCHEMA_REGISTRY_URL, registry, AvroSerdes.AUTO_REGISTER, true));
  }
}
