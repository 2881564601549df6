package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.guarantee.ModelHistory;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Model versions, their centres and what happened to them, as the topics tell it. All methods are
 * synchronised.
 */
final class VersionBook {
  private final TreeMap<Integer, ModelManifest> manifests = new TreeMap<>();
  private final List<ClassCentre> centres = new ArrayList<>();
  private final List<ModelEvent> events = new ArrayList<>();

  synchronized void manifest(ModelManifest manifest) {
    manifests.put(manifest.getVersion(), manifest);
  }

  synchronized void centre(ClassCentre centre) {
    centres.add(centre);
  }

  synchronized void event(ModelEvent event) {
    events.add(event);
  }

  synchronized Optional<ModelManifest> manifest(int version) {
    return Optional.ofNullable(manifests.get(version));
  }

  /** The newest version whose manifest is on the topic; 0 for none. */
  synchronized int newest() {
    return manifests.isEmpty() ? 0 : manifests.lastKey();
  }

  /** Versions in order. */
  synchronized List<Integer> versions() {
    return List.copyOf(manifests.keySet());
  }

  /** The classes a version knows; empty for a version that nobody published. */
  synchronized Set<String> classes(int version) {
    ModelManifest manifest = manifests.get(version);
    return manifest == null ? Set.of() : Set.copyOf(manifest.getClasses());
  }

  /** What happened, in order. */
  synchronized List<ModelEvent> events() {
    return List.copyOf(events);
  }

  /** What happened, of one kind, in order. */
  synchronized List<ModelEvent> events(ModelEventKind kind) {
    return events.stream().filter(event -> event.getKind() == kind).toList();
  }

  /** What the promises are judged by. */
  synchronized ModelHistory history() {
    return new ModelHistory(
        List.copyOf(manifests.values()),
        centres,
        List.of(),
        List.of(),
        events,
        Map.of(),
        Set.of(),
        List.of());
  }
}
