package io.nirvanastreams.app.console.view;

import java.util.List;

/**
 * One group of unknowns as the console shows it.
 *
 * @param groupId id of the group
 * @param scope the scope it was formed in
 * @param size members so far
 * @param firstSeen capture time of the first member, milliseconds since 1970
 * @param lastSeen capture time of the latest member, milliseconds since 1970
 * @param exemplars event ids of the members whose pictures can be asked for, by position
 * @param stage where it stands
 * @param label the name it was given; empty without one
 * @param note one phrase on its progress
 */
public record GroupCard(
    String groupId,
    String scope,
    long size,
    long firstSeen,
    long lastSeen,
    List<String> exemplars,
    Stage stage,
    String label,
    String note) {

  /** From the first sight of a group to the model that knows it. */
  public enum Stage {
    /** Waits for a person. */
    OPEN,
    /** Named; no model version has the class yet. */
    LEARNING,
    /** Named, but the trainer did not publish what it learned; the note says why. */
    HELD_BACK,
    /** A model version has the class. */
    LEARNED,
    /** Nobody named it, and a later model version knows it by itself. */
    RECOGNISED,
    /** A person asked not to be shown it again. */
    IGNORED,
    /** Nobody named it before another model version took over, which groups anew. */
    CLOSED
  }
}
