package io.nirvanastreams.confluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The wire format as Confluent documents it, written down byte for byte: 0, the schema's id as four
 * bytes with the highest first, then Avro's binary encoding. The same test holds for the classes
 * from Central and, with -Dconfluent, for those from Confluent's repository.
 */
class WireFormatTest {
  private static final String TOPIC = "images";
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Image", "namespace": "test", "fields": [
                {"name": "id", "type": "string"},
                {"name": "at", "type": "long"},
                {"name": "share", "type": "double"},
                {"name": "note", "type": ["null", "string"], "default": null},
                {"name": "labels", "type": {"type": "array", "items": "string"}}]}
              """);

  // "ab" by its length, -3 as zigzag, 0.5 as IEEE 754 with the lowest byte first, the second branch
  // of the union with "x", a block of two items and the block that ends the array.
  private static final String AVRO = "04 6162 05 000000000000e03f 02 02 78 04 02 70 02 71 00";
  private static final byte[] FIXTURE = bytes("00 00000102 " + AVRO);
  private static final int ID = 0x102;

  private KafkaAvroSerializer serializer;
  private KafkaAvroDeserializer deserializer;

  @BeforeEach
  void open() throws Exception {
    SchemaRegistryClient registry = new MockSchemaRegistryClient();
    registry.register(TOPIC + "-value", new AvroSchema(SCHEMA), 1, ID);
    Map<String, Object> config =
        Map.of("schema.registry.url", "mock://wire", "auto.register.schemas", false);
    serializer = new KafkaAvroSerializer(registry, config);
    deserializer = new KafkaAvroDeserializer(registry, config);
  }

  @Test
  void shouldWriteTheDocumentedBytes() {
    assertThat(serializer.serialize(TOPIC, image())).isEqualTo(FIXTURE);
  }

  @Test
  void shouldReadTheDocumentedBytes() {
    assertThat(deserializer.deserialize(TOPIC, FIXTURE)).isEqualTo(image());
  }

  @Test
  void shouldKeepATombstoneATombstone() {
    assertThat(serializer.serialize(TOPIC, null)).isNull();
    assertThat(deserializer.deserialize(TOPIC, null)).isNull();
  }

  @Test
  void shouldRefuseAnotherMagicByte() {
    byte[] other = FIXTURE.clone();
    other[0] = 1;

    assertThatThrownBy(() -> deserializer.deserialize(TOPIC, other))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("magic byte");
  }

  @Test
  void shouldRefuseAnIdThatNobodyRegistered() {
    byte[] other = bytes("00 00000103 " + AVRO);

    assertThatThrownBy(() -> deserializer.deserialize(TOPIC, other))
        .isInstanceOf(SerializationException.class);
  }

  private static GenericRecord image() {
    GenericRecord image = new GenericData.Record(SCHEMA);
    image.put("id", "ab");
    image.put("at", -3L);
    image.put("share", 0.5);
    image.put("note", "x");
    image.put("labels", List.of("p", "q"));
    return image;
  }

  private static byte[] bytes(String hexadecimal) {
    return HexFormat.of().parseHex(hexadecimal.replace(" ", ""));
  }
}
