package io.nirvanastreams.app.demo;

import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelManifest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
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
  private final Map<String, ByteBuffer> firstCentre = new HashMap<>();
  private final List<ModelEvent> events = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  synchronized void manifest(ModelManifest manifest) {
    manifests.put(manifest.getVersion(), manifest);
  }

  /**
   * Books a centre and holds CentresNeverMove: the first coordinates of a class are its coordinates
   * for ever.
   */
  synchronized void centre(ClassCentre centre) {
    ByteBuffer first = firstCentre.putIfAbsent(centre.getLabel(), centre.getCoordinates());
    if (first != null && !first.equals(centre.getCoordinates())) {
      violations.add(
          "CentresNeverMove: "
              + centre.getLabel()
              + " moved in version "
              + centre.getModelVersion());
    }
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

  /** What broke a promise, in words. */
  synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
