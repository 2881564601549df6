package io.nirvanastreams.schemas.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serdes of the product's records in the Confluent wire format (magic byte 0, schema id, Avro
 * binary), on the genuine {@code io.confluent.kafka.serializers} classes.
 *
 * <p>The factory is immutable and safe from any thread; each serde it makes is for one thread at a
 * time.
 */
public final class AvroSerdes {
  /** Name of the setting that holds the registry's URL, path included. */
  public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";

  /**
   * Name of the setting that lets serializers register schemas; off outside the embedded default.
   */
  public static final String AUTO_REGISTER = "auto.register.schemas";

  private final Map<String, Object> config;

  /**
   * Serdes with these registry settings.
   *
   * @param config settings of the Confluent serde; {@value #SCHEMA_REGISTRY_URL} is required
   * @throws IllegalArgumentException when the registry's URL is missing
   */
  public AvroSerdes(Map<String, ?> config) {
    if (!config.containsKey(SCHEMA_REGISTRY_URL)) {
      throw new IllegalArgumentException("setting " + SCHEMA_REGISTRY_URL + " is missing");
    }
    Map<String, Object> merged = new HashMap<>();
    merged.put(AUTO_REGISTER, false);
    merged.putAll(config);
    merged.put("specific.avro.reader", true);
    merged.put("avro.remove.java.properties", true);
    this.config = Map.copyOf(merged);
  }

  /** A serde for values of one record type. */
  public <T extends SpecificRecord> Serde<T> value(Class<T> type) {
    return Serdes.serdeFrom(serializer(), deserializer(type));
  }

  /** A serializer for values of any record type of the catalogue. */
  public <T extends SpecificRecord> Serializer<T> serializer() {
    return new RecordSerializer<>(config);
  }

  /**
   * A deserializer for values of one record type.
   *
   * <p>Throws a {@link SchemaMismatchException} for bytes that name a schema which the registry
   * does not have, or has as something else, and another {@link SerializationException} for bytes
   * that are no record at all and where the registry does not answer; then an {@link
   * java.io.IOException} is its cause.
   */
  public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
    return new RecordDeserializer<>(type, config);
  }

  /**
   * Reads the value of a record, and says in the failure where it stands.
   *
   * @return null for a record without a value
   */
  public static <T> T read(Deserializer<T> deserializer, ConsumerRecord<?, byte[]> record) {
    try {
      return deserializer.deserialize(record.topic(), record.value());
    } catch (SchemaMismatchException e) {
      throw e.at(record.partition(), record.offset());
    }
  }
}
