package io.nirvanastreams.trainer.retrain;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the entries that were put last, at most so many; the oldest goes first. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int capacity;

  BoundedMap(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("room for at least one entry is needed, not " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > capacity;
  }
}
