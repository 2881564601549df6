package io.nirvanastreams.processor;

import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serializers and deserializers with an instance per thread: Kafka Streams shares those of sources
 * and sinks among all its threads, and Avro serdes are for one thread at a time.
 */
final class PerThreadSerdes {
  private PerThreadSerdes() {}

  static <T> Serializer<T> serializer(Supplier<Serializer<T>> create) {
    ThreadLocal<Serializer<T>> mine = ThreadLocal.withInitial(create);
    return (topic, value) -> mine.get().serialize(topic, value);
  }

  static <T> Deserializer<T> deserializer(Supplier<Deserializer<T>> create) {
    ThreadLocal<Deserializer<T>> mine = ThreadLocal.withInitial(create);
    return new Deserializer<>() {
      @Override
      public T deserialize(String topic, byte[] bytes) {
        return mine.get().deserialize(topic, bytes);
      }

      @Override
      public T deserialize(String topic, Headers headers, byte[] bytes) {
        return mine.get().deserialize(topic, headers, bytes);
      }
    };
  }
}
