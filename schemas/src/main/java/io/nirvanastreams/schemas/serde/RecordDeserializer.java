package io.nirvanastreams.schemas.serde;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Confluent's deserializer, which says "Error deserializing Avro message for id 10" whatever is the
 * matter, and then what the matter is. For one thread at a time.
 */
final class RecordDeserializer<T extends SpecificRecord> implements Deserializer<T> {
  private static final int PREFIX = 1 + Integer.BYTES;
  private static final int NOT_FOUND = 404;

  private final KafkaAvroDeserializer inner = new KafkaAvroDeserializer();
  private final Class<T> type;
  private final String registry;

  RecordDeserializer(Class<T> type, Map<String, Object> config) {
    this.type = type;
    this.registry = String.valueOf(config.get(AvroSerdes.SCHEMA_REGISTRY_URL));
    inner.configure(config, false);
  }

  @Override
  public T deserialize(String topic, byte[] bytes) {
    Object value;
    try {
      value = inner.deserialize(topic, bytes);
    } catch (SerializationException e) {
      if (!namesSchema(bytes)) {
        throw e; // no record at all
      }
      throw explained(topic, bytes, e);
    }
    if (value != null && !type.isInstance(value)) {
      throw mismatch(
          topic,
          bytes,
          "the registry at %s has as %s, not as %s"
              .formatted(registry, value.getClass().getSimpleName(), type.getSimpleName()),
          null);
    }
    return type.cast(value);
  }

  private SerializationException explained(
      String topic, byte[] bytes, SerializationException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RestClientException refused) {
        return refused.getStatus() == NOT_FOUND
            ? mismatch(topic, bytes, "the registry at " + registry + " does not have", failure)
            : failure;
      }
      if (cause instanceof IOException && !(cause instanceof EOFException)) {
        return failure; // says something about the registry, and nothing about the record
      }
    }
    return mismatch(
        topic,
        bytes,
        "as the registry at " + registry + " has it does not fit the record's bytes",
        failure);
  }

  private static SchemaMismatchException mismatch(
      String topic, byte[] bytes, String fault, Throwable cause) {
    int schemaId = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    return new SchemaMismatchException("of " + topic, schemaId, fault, cause);
  }

  private static boolean namesSchema(byte[] bytes) {
    return bytes.length >= PREFIX && bytes[0] == 0;
  }

  @Override
  public void close() {
    inner.close();
  }
}
