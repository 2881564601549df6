package io.nirvanastreams.schemas.serde;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's serializer, which tells the whole schema where the registry does not have it, and
 * then what to do. For one thread at a time.
 */
final class RecordSerializer<T extends SpecificRecord> implements Serializer<T> {
  private static final int NOT_FOUND = 404;

  private final KafkaAvroSerializer inner = new KafkaAvroSerializer();
  private final String registry;

  RecordSerializer(Map<String, Object> config) {
    registry = String.valueOf(config.get(AvroSerdes.SCHEMA_REGISTRY_URL));
    inner.configure(config, false);
  }

  @Override
  public byte[] serialize(String topic, T value) {
    try {
      return inner.serialize(topic, value);
    } catch (SerializationException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof RestClientException refused && refused.getStatus() == NOT_FOUND) {
          throw new SerializationException(
              ("the registry at %s does not have this version's schema of %s; is it the registry of"
                      + " another cluster? else 'nirvana topics create' registers it")
                  .formatted(registry, topic),
              e);
        }
      }
      throw e;
    }
  }

  @Override
  public void close() {
    inner.close();
  }
}
