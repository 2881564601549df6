package io.nirvanastreams.processor.group;

import io.nirvanastreams.schemas.Exemplar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The grouping's entries in one store: a scope, a cluster, an exemplar each have their own key, so
 * that an unknown writes the few that it changes. Its task's thread only.
 */
final class GroupStore {
  private static final String SCOPE = "scope";
  private static final String CLUSTER = "cluster";
  private static final String EXEMPLAR = "exemplar";
  private static final String ERASED = "erased";
  // No text that comes in over the topics can be mistaken for a key's parts by accident.
  private static final char SEPARATOR = '\u0000';

  private final KeyValueStore<String, byte[]> store;

  GroupStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** Gives every scope and every group that the store holds. */
  void forEach(BiConsumer<String, ScopeState> scopes, BiConsumer<String, TrackedGroup> groups) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        String[] parts = entry.key.split(String.valueOf(SEPARATOR), 3);
        if (parts[0].equals(SCOPE)) {
          scopes.accept(parts[1], GroupCodec.readScope(entry.value));
        } else if (parts[0].equals(CLUSTER)) {
          groups.accept(parts[1], GroupCodec.readGroup(entry.value));
        }
      }
    }
  }

  void put(String scope, ScopeState state) {
    store.put(key(SCOPE, scope, ""), GroupCodec.write(state));
  }

  void put(String scope, TrackedGroup group) {
    store.put(key(CLUSTER, scope, group.cluster().id()), GroupCodec.write(group));
  }

  /** Deletes a group and its exemplars, but for those that another cluster has taken over. */
  void delete(String scope, TrackedGroup group, List<String> keptExemplars) {
    store.delete(key(CLUSTER, scope, group.cluster().id()));
    for (String eventId : group.cluster().exemplars()) {
      if (!keptExemplars.contains(eventId)) {
        store.delete(key(EXEMPLAR, scope, eventId));
      }
    }
  }

  void put(String scope, Exemplar exemplar) {
    store.put(key(EXEMPLAR, scope, exemplar.getEventId()), GroupCodec.write(exemplar));
  }

  List<Exemplar> exemplars(String scope, List<String> eventIds) {
    List<Exemplar> exemplars = new ArrayList<>();
    for (String eventId : eventIds) {
      byte[] stored = store.get(key(EXEMPLAR, scope, eventId));
      if (stored != null) {
        exemplars.add(GroupCodec.readExemplar(stored));
      }
    }
    return exemplars;
  }

  /** Notes that a group was erased, so that its deletion is told once and not at every start. */
  void putErased(String scope, String groupId, Instant askedAt) {
    store.put(key(ERASED, scope, groupId), GroupCodec.write(askedAt));
  }

  /** Whether the erasure of a group that was asked for at this time was carried out. */
  boolean erased(String scope, String groupId, Instant askedAt) {
    byte[] stored = store.get(key(ERASED, scope, groupId));
    return stored != null && !GroupCodec.readTime(stored).isBefore(askedAt);
  }

  private static String key(String kind, String scope, String rest) {
    return kind + SEPARATOR + scope + SEPARATOR + rest;
  }
}
