package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.SubjectType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What people decided about an unknown: that one of its groups is erased, else the label of the
 * image itself, else that of its group, else of the group that took its group over, and so on.
 * Records may arrive in any order. Members are bounded; labels and merges grow with what people and
 * groups do, not with the stream. For one thread.
 */
final class GroupResolution {
  /** What a person decided. */
  sealed interface Verdict {
    /** It is of this class. */
    record Assigned(String className) implements Verdict {}

    /** It is not to be learned. */
    record Ignored() implements Verdict {}

    /** It is not to be kept. */
    record Erased() implements Verdict {}
  }

  private final Map<String, Verdict> eventVerdicts = new HashMap<>();
  private final Map<String, Verdict> groupVerdicts = new HashMap<>();
  private final Map<String, String> mergedInto = new HashMap<>();
  private final Map<String, String> groupOfEvent;

  /**
   * Nothing decided yet.
   *
   * @param maximumMembers members that are remembered; the oldest go first
   */
  GroupResolution(int maximumMembers) {
    groupOfEvent = new BoundedMap<>(maximumMembers);
  }

  void member(String eventId, String groupId) {
    groupOfEvent.put(eventId, groupId);
  }

  void merged(String groupId, String into) {
    mergedInto.put(groupId, into);
  }

  /** Takes the latest word on a subject; null takes the word back. */
  void label(String subjectId, LabelAssigned label) {
    if (label == null) {
      eventVerdicts.remove(subjectId);
      groupVerdicts.remove(subjectId);
      return;
    }
    Map<String, Verdict> verdicts =
        label.getSubjectType() == SubjectType.EVENT ? eventVerdicts : groupVerdicts;
    if (label.getAction() == LabelAction.RECOGNISE) {
      verdicts.remove(subjectId); // what a model thinks is no lesson for the next one
    } else if (label.getAction() == LabelAction.IGNORE) {
      verdicts.put(subjectId, new Verdict.Ignored());
    } else if (label.getAction() == LabelAction.ERASE) {
      verdicts.put(subjectId, new Verdict.Erased());
    } else if (!label.getClassName().isBlank()) {
      verdicts.put(subjectId, new Verdict.Assigned(label.getClassName().strip()));
    }
  }

  /** The group that an image joined first. */
  Optional<String> groupOf(String eventId) {
    return Optional.ofNullable(groupOfEvent.get(eventId));
  }

  /** What holds for an image. */
  Optional<Verdict> verdict(String eventId) {
    return verdict(eventId, groupOfEvent.get(eventId));
  }

  /** What holds for an image of a group; the group may be null. */
  Optional<Verdict> verdict(String eventId, String groupId) {
    Verdict found = eventVerdicts.get(eventId);
    Set<String> seen = new HashSet<>();
    for (String group = groupId; group != null && seen.add(group); group = mergedInto.get(group)) {
      Verdict verdict = groupVerdicts.get(group);
      if (found == null || verdict instanceof Verdict.Erased) {
        found = verdict;
      }
    }
    return Optional.ofNullable(found);
  }
}
