package io.nirvanastreams.processor.shadow;

import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings together what both versions said of an image and the name that a person gave it, whichever
 * comes first. The latest few thousand of each are kept. For one thread.
 */
final class SeenImages {
  private static final int IMAGES = 4096;
  private static final int NAMES = 16_384;

  private final Map<String, Seen> images = new Latest<>(IMAGES);
  private final Map<String, String> names = new Latest<>(NAMES);

  /** The candidate and what it said, beside the live version. */
  record Seen(Said live, Said candidate) {}

  /**
   * What a version said.
   *
   * @param label null for unknown
   * @param classes that it knows
   */
  record Said(int version, String label, List<String> classes) {
    static Said of(Recognition answer, List<String> classes) {
      return new Said(
          answer.getModelVersion(),
          answer.getOutcome() == Outcome.KNOWN ? answer.getLabel() : null,
          classes);
    }

    boolean right(String name) {
      return label == null ? !classes.contains(name) : label.equals(name);
    }
  }

  /** Both looked at an image; its name when it has one. */
  Optional<String> seen(String eventId, Seen seen) {
    String name = names.get(eventId);
    if (name == null) {
      images.put(eventId, seen);
    }
    return Optional.ofNullable(name);
  }

  /** A person named an image; what was said of it, if it is new. */
  Optional<Seen> named(String eventId, String name) {
    names.put(eventId, name);
    return Optional.ofNullable(images.remove(eventId));
  }

  private static final class Latest<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;
    private final int most;

    Latest(int most) {
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > most;
    }
  }
}
