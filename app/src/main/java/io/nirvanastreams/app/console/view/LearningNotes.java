package io.nirvanastreams.app.console.view;

import io.nirvanastreams.app.console.view.GroupCard.Stage;
import java.util.List;
import java.util.Optional;

/**
 * What the notes on model versions say of a class that was named and that no version has yet.
 * Versions are trained one after the other, and a note of a training lists its new classes.
 * Stateless.
 */
final class LearningNotes {
  private static final String TRAINING = "TRAINING";
  private static final String NOT_PUBLISHED = "NOT_PUBLISHED";
  private static final String PUBLISHED = "PUBLISHED";

  /** Begins the list of classes in the reason of a training. */
  private static final String NEW = "new: ";

  private static final String BETWEEN = ", ";

  private LearningNotes() {}

  /**
   * Where a class stands.
   *
   * @param stage learning, or held back
   * @param text for people
   */
  record Standing(Stage stage, String text) {}

  /**
   * Reads the notes.
   *
   * @param notes newest first
   * @param className that was named
   * @param named when, milliseconds since 1970
   */
  static Standing of(List<ModelNote> notes, String className, long named) {
    for (ModelNote note : notes) {
      if (note.at() < named || !about(note, notes, className)) {
        continue;
      }
      if (note.kind().equals(TRAINING)) {
        return new Standing(Stage.LEARNING, "learning… training version " + note.version());
      }
      if (note.kind().equals(NOT_PUBLISHED)) {
        return new Standing(Stage.HELD_BACK, "not published: " + note.reason());
      }
    }
    return new Standing(
        Stage.LEARNING,
        underWay(notes)
            .map(other -> "learning… next after version " + other.version() + ", now in training")
            .orElse("learning… waiting for enough images"));
  }

  /** Whether the note's training has the class; one of which the list is not known may have it. */
  private static boolean about(ModelNote note, List<ModelNote> notes, String className) {
    return notes.stream()
        .filter(other -> other.kind().equals(TRAINING) && sameVersion(other, note))
        .filter(other -> other.at() <= note.at())
        .map(ModelNote::reason)
        .filter(reason -> reason.startsWith(NEW))
        .findFirst()
        .map(reason -> BETWEEN + reason.substring(NEW.length()) + BETWEEN)
        .map(list -> list.contains(BETWEEN + className + BETWEEN))
        .orElse(true);
  }

  /** The training that began last, unless its end was noted. */
  private static Optional<ModelNote> underWay(List<ModelNote> notes) {
    for (ModelNote note : notes) {
      if (note.kind().equals(TRAINING)) {
        return Optional.of(note);
      }
      if (note.kind().equals(PUBLISHED) || note.kind().equals(NOT_PUBLISHED)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean sameVersion(ModelNote first, ModelNote second) {
    return first.name().equals(second.name()) && first.version() == second.version();
  }
}
