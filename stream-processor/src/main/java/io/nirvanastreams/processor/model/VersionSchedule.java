package io.nirvanastreams.processor.model;

import io.nirvanastreams.records.CandidateSchedule;
import io.nirvanastreams.schemas.ModelRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which version has which role at which record time, by the decisions that are declared and by what
 * was refused here. Not thread-safe; its owner guards it.
 */
final class VersionSchedule {
  /** Images of a canary may come that much after its end without having it loaded again. */
  private static final long LATE_MILLIS = 60_000;

  private final Declarations declared;
  private final Map<Integer, String> refused = new TreeMap<>();
  private NavigableMap<Long, Integer> live = new TreeMap<>();
  private CandidateSchedule canaries;
  private CandidateSchedule shadows;

  VersionSchedule(Declarations declared) {
    this.declared = declared;
    renew();
  }

  /** Takes over what is declared by now. */
  void renew() {
    live = declared.live();
    live.values().removeIf(refused::containsKey);
    canaries = declared.candidates(ModelRole.CANARY);
    shadows = declared.candidates(ModelRole.SHADOW);
  }

  /** A version counts as never promoted from now on. */
  void refuse(int version, String reason) {
    refused.put(version, reason);
    renew();
  }

  /** A version gets another chance; {@link #renew} follows. */
  void pardon(int version) {
    refused.remove(version);
  }

  Map<Integer, String> refused() {
    return Map.copyOf(refused);
  }

  Set<Integer> refusedVersions() {
    return refused.keySet();
  }

  boolean anyLive() {
    return !live.isEmpty();
  }

  /** The version that answers an image; empty while there is none. */
  OptionalInt at(String sourceId, long recordTime) {
    OptionalInt canary = canaries.at(sourceId, recordTime, this::usable);
    return canary.isPresent() ? canary : liveAt(recordTime);
  }

  /** The live version of a time, the first one for times before it; empty while there is none. */
  OptionalInt liveAt(long recordTime) {
    Map.Entry<Long, Integer> entry = live.floorEntry(recordTime);
    entry = entry == null ? live.firstEntry() : entry;
    return entry == null ? OptionalInt.empty() : OptionalInt.of(entry.getValue());
  }

  /** The shadow that looks at an image. */
  OptionalInt shadowAt(String eventId, long recordTime) {
    return shadows.at(eventId, recordTime, this::usable);
  }

  /** Whether a version is or was live, or shall be. */
  boolean everLive(int version) {
    return live.containsValue(version);
  }

  /** Whether a version is to be loaded though it is not live. */
  boolean besides(int version, long now) {
    return declared.prepared(version, now)
        || canaries.wanted(version, now - LATE_MILLIS)
        || shadows.wanted(version, now);
  }

  /** Whether another version took over from one and it has no other role. */
  boolean superseded(int version, long now) {
    Map.Entry<Long, Integer> current = live.floorEntry(now);
    List<Integer> inOrder = new ArrayList<>(live.values());
    return current != null
        && inOrder.lastIndexOf(version) < inOrder.lastIndexOf(current.getValue())
        && !besides(version, now);
  }

  /** Whether one version was live before the predecessor of another, and has no other role. */
  boolean olderThanPrevious(int old, int version, long now) {
    List<Integer> inOrder = new ArrayList<>(live.values());
    int keepFrom = inOrder.lastIndexOf(version) - 1;
    return old != version && inOrder.lastIndexOf(old) < Math.max(0, keepFrom) && !besides(old, now);
  }

  private boolean usable(int version) {
    return !refused.containsKey(version);
  }
}
