package io.nirvanastreams.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {
  private static final AvroSerdes SERDES =
      new AvroSerdes(
          Map.of(
              AvroSerdes.SCHEMA_REGISTRY_URL,
              "mock://wire-format",
              AvroSerdes.AUTO_REGISTER,
              true));

  static Stream<Topic> topicsWithRecords() {
    return Topics.withPrefix("wire").all().stream().filter(topic -> topic.schema() != null);
  }

  @ParameterizedTest
  @MethodSource("topicsWithRecords")
  void shouldWriteMagicByteAndIdAndReadTheSameRecord(Topic topic) {
    SpecificRecord written = withDefaults(topic.schema());

    try (Serde<? extends SpecificRecord> serde = SERDES.value(written.getClass())) {
      byte[] bytes = SERDES.serializer().serialize(topic.name(), written);

      assertThat(bytes[0]).isZero();
      assertThat(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt()).isPositive();
      assertThat(serde.deserializer().deserialize(topic.name(), bytes)).isEqualTo(written);
    }
  }

  @Test
  void shouldKeepEveryValueOfAnImageEvent() {
    ImageEvent event =
        ImageEvent.newBuilder()
            .setEventId("e1")
            .setSourceId("camera-1")
            .setCapturedAt(Instant.ofEpochMilli(1_700_000_000_123L))
            .setMediaType("image/png")
            .setBytes(ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .setAttributes(Map.of("lane", "north"))
            .build();

    try (Serde<ImageEvent> serde = SERDES.value(ImageEvent.class)) {
      byte[] bytes = serde.serializer().serialize("wire.images", event);
      ImageEvent read = serde.deserializer().deserialize("wire.images", bytes);

      assertThat(read).isEqualTo(event);
      assertThat(read.getCapturedAt()).isEqualTo(event.getCapturedAt());
      assertThat(read.getAttributes()).containsEntry("lane", "north");
    }
  }

  @Test
  void shouldRefuseARecordOfAnotherType() {
    byte[] bytes = SERDES.<Alert>serializer().serialize("wire.alerts", Alert.newBuilder().build());

    try (var images = SERDES.deserializer(ImageEvent.class)) {
      assertThatThrownBy(() -> images.deserialize("wire.alerts", bytes))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("Alert");
    }
  }

  @Test
  void shouldAskForTheRegistry() {
    assertThatThrownBy(() -> new AvroSerdes(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(AvroSerdes.SCHEMA_REGISTRY_URL);
  }

  private static SpecificRecord withDefaults(Schema schema) {
    SpecificRecord empty = (SpecificRecord) SpecificData.get().newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      empty.put(field.pos(), SpecificData.getForSchema(schema).getDefaultValue(field));
    }
    return empty;
  }
}
