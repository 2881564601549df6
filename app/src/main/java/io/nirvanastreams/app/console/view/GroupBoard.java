package io.nirvanastreams.app.console.view;

import io.nirvanastreams.app.console.view.GroupCard.Stage;
import io.nirvanastreams.schemas.Exemplar;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.NoveltyGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Groups of unknowns joined with their labels; a bounded number. Not thread-safe. */
final class GroupBoard {
  private static final int EXEMPLARS = 12;
  private static final long EXEMPLAR_BYTES = 64L * 1024 * 1024;

  private final int capacity;
  private final Map<String, Held> groups = new HashMap<>();
  // Written by people, so their number needs no bound.
  private final Map<String, LabelAssigned> labels = new HashMap<>();
  private final PictureCache pictures = new PictureCache(EXEMPLAR_BYTES);

  GroupBoard(int capacity) {
    this.capacity = capacity;
  }

  void group(String groupId, NoveltyGroup group) {
    if (group == null || group.getState() == GroupState.MERGED) {
      groups.remove(groupId);
      pictures.removeIf(id -> id.startsWith(pictureId(groupId, "")));
      return;
    }
    groups.put(groupId, Held.of(group, keepPictures(group)));
    if (groups.size() > capacity) {
      groups.values().stream()
          .min(Comparator.comparing(Held::decided).reversed().thenComparing(Held::lastSeen))
          .ifPresent(oldest -> groups.remove(oldest.groupId()));
    }
  }

  void label(String subjectId, LabelAssigned label) {
    if (label == null) {
      labels.remove(subjectId);
    } else {
      labels.put(subjectId, label);
    }
  }

  Collection<LabelAssigned> labels() {
    return labels.values();
  }

  Optional<Picture> exemplar(String groupId, int index) {
    Held group = groups.get(groupId);
    if (group == null || erased(groupId) || index < 0 || index >= group.exemplars().size()) {
      return Optional.empty();
    }
    return pictures.get(pictureId(groupId, group.exemplars().get(index)));
  }

  /** All groups: those that wait for a person first, the larger first. */
  List<GroupCard> cards(ModelBoard models) {
    return groups.values().stream()
        .filter(group -> !erased(group.groupId()))
        .map(group -> card(group, models))
        .sorted(
            Comparator.comparing(GroupCard::stage)
                .thenComparing(Comparator.comparing(GroupCard::size).reversed())
                .thenComparing(GroupCard::groupId))
        .toList();
  }

  Optional<GroupCard> card(String groupId, ModelBoard models) {
    return Optional.ofNullable(groups.get(groupId))
        .filter(group -> !erased(groupId))
        .map(group -> card(group, models));
  }

  /** Whether it is to be erased: not to be seen from then on, nor to be named. */
  private boolean erased(String groupId) {
    LabelAssigned label = labels.get(groupId);
    return label != null && label.getAction() == LabelAction.ERASE;
  }

  private GroupCard card(Held group, ModelBoard models) {
    LabelAssigned label = labels.get(group.groupId());
    if (label != null && label.getAction() == LabelAction.IGNORE) {
      return group.card(Stage.IGNORED, "", "");
    }
    if (label != null && label.getAction() == LabelAction.RECOGNISE) {
      return group.card(Stage.RECOGNISED, label.getRecognisedAs(), label.getReason());
    }
    if (label == null && group.state() == GroupState.RECOGNISED) {
      return group.card(Stage.RECOGNISED, group.label(), "a later version knows it");
    }
    if (label == null && group.state() == GroupState.IGNORED) {
      return group.card(Stage.CLOSED, "", "another version answers, which groups anew");
    }
    if (label == null && group.state() != GroupState.NAMED) {
      return group.card(Stage.OPEN, "", "");
    }
    String name = label == null ? group.label() : label.getClassName();
    Instant named = label == null ? Instant.EPOCH : label.getAssignedAt();
    Optional<ModelManifest> after = models.firstWith(name, named);
    if (after.isPresent()) {
      return group.card(Stage.LEARNED, name, "learned in version " + after.get().getVersion());
    }
    return learning(group, name, named.toEpochMilli(), models);
  }

  private static GroupCard learning(Held group, String name, long named, ModelBoard models) {
    LearningNotes.Standing standing = LearningNotes.of(models.notes(), name, named);
    return group.card(standing.stage(), name, standing.text());
  }

  /** Keeps the exemplars that a browser can show, and gives their event ids. */
  private List<String> keepPictures(NoveltyGroup group) {
    List<String> eventIds = new ArrayList<>();
    for (Exemplar exemplar : group.getExemplars()) {
      Optional<Picture> picture = Picture.of(exemplar.getBytes());
      if (picture.isPresent() && eventIds.size() < EXEMPLARS) {
        eventIds.add(exemplar.getEventId());
        pictures.put(pictureId(group.getGroupId(), exemplar.getEventId()), picture.get());
      }
    }
    return List.copyOf(eventIds);
  }

  private static String pictureId(String groupId, String eventId) {
    return groupId + '\n' + eventId;
  }

  /** What is kept of a group. */
  private record Held(
      String groupId,
      String scope,
      long size,
      Instant firstSeen,
      Instant lastSeen,
      GroupState state,
      String label,
      List<String> exemplars) {

    static Held of(NoveltyGroup group, List<String> exemplars) {
      return new Held(
          group.getGroupId(),
          group.getScope(),
          group.getSize(),
          group.getFirstSeen(),
          group.getLastSeen(),
          group.getState(),
          group.getLabel() == null ? "" : group.getLabel(),
          exemplars);
    }

    boolean decided() {
      return state != GroupState.OPEN;
    }

    GroupCard card(Stage stage, String name, String note) {
      return new GroupCard(
          groupId,
          scope,
          size,
          firstSeen.toEpochMilli(),
          lastSeen.toEpochMilli(),
          exemplars,
          stage,
          name,
          note);
    }
  }
}
