package io.nirvanastreams.processor.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A store with a most number of keys: those that were not written for longest go first. Which go
 * depends on the order of the writes alone, also over a restart, so that a repeated run keeps the
 * same. Its task's thread only.
 */
public final class BoundedStore {
  private static final int BEFORE_VALUE = 2 * Long.BYTES;

  private final KeyValueStore<String, byte[]> store;
  private final int most;
  private final long expiryMillis;
  // In the order of the last writes; values are their times.
  private final Map<String, Long> written = new LinkedHashMap<>();
  private long sequence;

  /**
   * Wraps a store and finds out the order of what it holds.
   *
   * @param most keys, at least 1
   * @param expiryMillis keys written longer ago than this, by the time of the write now, go as well
   */
  public BoundedStore(KeyValueStore<String, byte[]> store, int most, long expiryMillis) {
    this.store = store;
    this.most = most;
    this.expiryMillis = expiryMillis;
    record Entry(String key, long sequence, long time) {}
    List<Entry> entries = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> one = all.next();
        ByteBuffer value = ByteBuffer.wrap(one.value);
        entries.add(new Entry(one.key, value.getLong(), value.getLong()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::sequence));
    for (Entry entry : entries) {
      written.put(entry.key(), entry.time());
      sequence = entry.sequence();
    }
  }

  /** Builds the store that is wrapped: in memory, with a changelog. */
  public static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of());
  }

  /** The value of a key; null when there is none. */
  public byte[] get(String key) {
    byte[] bytes = store.get(key);
    if (bytes == null) {
      return null;
    }
    byte[] value = new byte[bytes.length - BEFORE_VALUE];
    ByteBuffer.wrap(bytes, BEFORE_VALUE, value.length).get(value);
    return value;
  }

  /** Writes a value, and lets go of what is too old or too much. */
  public void put(String key, long timeMillis, byte[] value) {
    sequence++;
    store.put(
        key,
        ByteBuffer.allocate(BEFORE_VALUE + value.length)
            .putLong(sequence)
            .putLong(timeMillis)
            .put(value)
            .array());
    written.remove(key);
    written.put(key, timeMillis);
    while (written.size() > most || expired(timeMillis)) {
      remove(oldest().getKey());
    }
  }

  /** Lets go of a key. */
  public void remove(String key) {
    written.remove(key);
    store.delete(key);
  }

  /** The keys, those that were not written for longest first. */
  public List<String> keys() {
    return List.copyOf(written.keySet());
  }

  private boolean expired(long now) {
    return now - oldest().getValue() > expiryMillis;
  }

  private Map.Entry<String, Long> oldest() {
    return written.entrySet().iterator().next();
  }
}
