package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.trace.TraceContext;
import io.nirvanastreams.trainer.retrain.GroupResolution.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Brings labels, groups, members and novelties together, in whatever order they arrive, and files
 * the images that were named. Reading the topics again from their beginnings rebuilds all of it;
 * what the topics no longer hold is on disk. For one thread.
 */
final class LabelCollector {
  /** Members are two short ids each, so more of them than of images can be remembered. */
  private static final int MEMBERS_PER_NOVELTY = 4;

  private final LabelledImages images;
  private final NoveltyImages decoder;
  private final GroupResolution resolution;
  private final Map<String, byte[]> novelties;
  private final Map<String, Instant> lastWord = new HashMap<>();
  private final Map<String, TraceContext> traces = new HashMap<>();
  private boolean changed;

  LabelCollector(LabelledImages images, int maximumNovelties) {
    this.images = images;
    this.decoder = new NoveltyImages(images.shape());
    this.resolution =
        new GroupResolution((int) Math.min(1 << 24, (long) maximumNovelties * MEMBERS_PER_NOVELTY));
    this.novelties = new BoundedMap<>(maximumNovelties);
    changed = true;
  }

  void novelty(Novelty novelty) {
    if (novelty.getRecognition() == null) {
      return;
    }
    String eventId = novelty.getRecognition().getEventId();
    if (!images.contains(eventId) && !novelties.containsKey(eventId)) {
      decoder.pixels(eventId, novelty).ifPresent(pixels -> novelties.put(eventId, pixels));
      changed = true;
    }
  }

  void member(GroupMember member) {
    resolution.member(member.getEventId(), member.getGroupId());
    changed = true;
  }

  void group(NoveltyGroup group) {
    if (group.getState() == GroupState.MERGED && group.getMergedInto() != null) {
      resolution.merged(group.getGroupId(), group.getMergedInto());
      changed = true;
    }
  }

  /**
   * Takes a label.
   *
   * @param label null when it was taken back
   * @param readAt when it was read
   */
  void label(String subjectId, LabelAssigned label, Instant readAt) {
    resolution.label(subjectId, label);
    if (label != null) {
      lastWord.put(label.getClassName().strip(), readAt);
    }
    changed = true;
  }

  /** The label that named a class last carries this trace; nothing is known of others. */
  void trace(String className, TraceContext trace) {
    traces.put(className.strip(), trace);
  }

  /** The traces that name these classes. */
  List<TraceContext> traces(Collection<String> classes) {
    return classes.stream().map(traces::get).filter(Objects::nonNull).toList();
  }

  /** When nothing has been said about a class for so long; long ago when nothing was said. */
  Instant settledFrom(String className, Duration settle) {
    Instant word = lastWord.get(className);
    return word == null ? Instant.MIN : word.plus(settle);
  }

  /** Files what was named since the last call. */
  void file() {
    if (!changed) {
      return;
    }
    changed = false;
    novelties.entrySet().removeIf(entry -> filed(entry.getKey(), entry.getValue()));
    for (String eventId : images.eventIds()) {
      resolution
          .verdict(
              eventId, resolution.groupOf(eventId).or(() -> images.groupOf(eventId)).orElse(null))
          .ifPresent(verdict -> refile(eventId, verdict));
    }
  }

  /** Whether it need not wait for a name any more. */
  private boolean filed(String eventId, byte[] pixels) {
    Verdict verdict = resolution.verdict(eventId).orElse(null);
    if (!(verdict instanceof Verdict.Assigned assigned)) {
      return verdict instanceof Verdict.Erased;
    }
    String group = resolution.groupOf(eventId).orElse("");
    images.put(assigned.className(), new LabelledImage(eventId, group, pixels));
    return true;
  }

  private void refile(String eventId, Verdict verdict) {
    if (verdict instanceof Verdict.Assigned assigned) {
      images.move(eventId, assigned.className());
    } else if (verdict instanceof Verdict.Erased) {
      images.erase(eventId);
    } else {
      images.remove(eventId).ifPresent(image -> novelties.put(eventId, image.pixels()));
    }
  }
}
