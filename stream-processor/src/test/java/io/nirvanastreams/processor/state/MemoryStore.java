package io.nirvanastreams.processor.state;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store on a map, for what needs one without a topology. */
public final class MemoryStore implements KeyValueStore<String, byte[]> {
  public final Map<String, byte[]> map = new TreeMap<>();

  @Override
  public void put(String key, byte[] value) {
    map.put(key, value);
  }

  @Override
  public byte[] putIfAbsent(String key, byte[] value) {
    return map.putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<String, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte[] delete(String key) {
    return map.remove(key);
  }

  @Override
  public byte[] get(String key) {
    return map.get(key);
  }

  @Override
  public KeyValueIterator<String, byte[]> range(String from, String to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public KeyValueIterator<String, byte[]> all() {
    var entries = List.copyOf(map.entrySet()).iterator();
    return new KeyValueIterator<>() {
      @Override
      public void close() {}

      @Override
      public String peekNextKey() {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public KeyValue<String, byte[]> next() {
        var entry = entries.next();
        return KeyValue.pair(entry.getKey(), entry.getValue());
      }
    };
  }

  @Override
  public long approximateNumEntries() {
    return map.size();
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }
}
