package io.nirvanastreams.processor.state;

import io.nirvanastreams.schemas.serde.SchemaMismatchException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells a listener of a control topic, and keeps of it in its global store what somebody reads
 * there: every version there ever was would be held otherwise. Kafka Streams replays it on restore,
 * so a restarted instance hears everything again before it reads images.
 *
 * <p>A record that cannot be read is logged and left out: the death of the global thread would end
 * the whole client. Runs on the global thread.
 *
 * @param <V> the record type
 */
public final class ControlProcessor<V> implements Processor<String, byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(ControlProcessor.class);

  private final String topic;
  private final String storeName;
  private final BiFunction<V, byte[], byte[]> kept;
  private final Deserializer<V> deserializer;
  private final BiConsumer<String, V> listener;
  private final Set<Integer> mismatches = new HashSet<>();
  private ProcessorContext<Void, Void> context;
  private KeyValueStore<String, byte[]> store;

  /**
   * A processor of a topic.
   *
   * @param kept what of a record, read and in bytes, the store keeps; null for nothing
   * @param listener takes key and value; null values are deletions
   */
  public ControlProcessor(
      String topic,
      String storeName,
      BiFunction<V, byte[], byte[]> kept,
      Deserializer<V> deserializer,
      BiConsumer<String, V> listener) {
    this.topic = topic;
    this.storeName = storeName;
    this.kept = kept;
    this.deserializer = deserializer;
    this.listener = listener;
  }

  @Override
  public void init(ProcessorContext<Void, Void> processorContext) {
    context = processorContext;
    store = context.getStateStore(storeName);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    try {
      V value = deserializer.deserialize(topic, record.value());
      store.put(record.key(), value == null ? null : kept.apply(value, record.value()));
      listener.accept(record.key(), value);
    } catch (SchemaMismatchException e) {
      tell(e);
    } catch (RuntimeException e) {
      LOG.warn("The record '{}' of {} is left out: it cannot be read", record.key(), topic, e);
    }
  }

  /** Loudly once for a schema: where one record is of another registry, all may be. */
  private void tell(SchemaMismatchException e) {
    String message =
        context
            .recordMetadata()
            .map(from -> e.at(from.partition(), from.offset()).getMessage())
            .orElse(e.getMessage());
    LOG.atLevel(mismatches.add(e.schemaId()) ? Level.WARN : Level.INFO)
        .log("Left out, and all others like it: {}", message);
    LOG.debug("Why", e);
  }

  @Override
  public void close() {
    deserializer.close();
  }
}
