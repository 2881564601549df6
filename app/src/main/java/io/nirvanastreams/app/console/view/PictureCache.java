package io.nirvanastreams.app.console.view;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The latest pictures by event id, bounded in bytes; the oldest go first. Not thread-safe.
 *
 * <p>Bounded in bytes and not in number, because a camera's frame is a kilobyte or a megabyte.
 */
final class PictureCache {
  private final long capacityBytes;
  private final Map<String, Picture> pictures = new LinkedHashMap<>();
  private long heldBytes;

  PictureCache(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  void put(String eventId, Picture picture) {
    if (picture.bytes().length > capacityBytes) {
      return;
    }
    remove(eventId);
    pictures.put(eventId, picture);
    heldBytes += picture.bytes().length;
    Iterator<Picture> oldest = pictures.values().iterator();
    while (heldBytes > capacityBytes) {
      heldBytes -= oldest.next().bytes().length;
      oldest.remove();
    }
  }

  Optional<Picture> get(String eventId) {
    return Optional.ofNullable(pictures.get(eventId));
  }

  /** Forgets the pictures with such ids. */
  void removeIf(Predicate<String> forgotten) {
    List.copyOf(pictures.keySet()).stream().filter(forgotten).forEach(this::remove);
  }

  long heldBytes() {
    return heldBytes;
  }

  private void remove(String eventId) {
    Picture before = pictures.remove(eventId);
    if (before != null) {
      heldBytes -= before.bytes().length;
    }
  }
}
