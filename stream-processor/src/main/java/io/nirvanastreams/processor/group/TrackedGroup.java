package io.nirvanastreams.processor.group;

import io.nirvanastreams.openset.grouping.Cluster;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;

/**
 * A cluster and what the world was told about it. Immutable.
 *
 * @param cluster the cluster
 * @param state OPEN, NAMED, IGNORED or RECOGNISED; OPEN for candidates
 * @param label the name, for NAMED and RECOGNISED; otherwise null
 * @param publishedSize size in the last group record; 0 before the first
 * @param alertedSize size in the last alert; 0 before the first
 * @param alertedAt capture time of the last alert, milliseconds
 */
record TrackedGroup(
    Cluster cluster,
    GroupState state,
    String label,
    long publishedSize,
    long alertedSize,
    long alertedAt) {
  private static final long STEP = 10;

  static TrackedGroup candidate(Cluster cluster) {
    return new TrackedGroup(cluster, GroupState.OPEN, null, 0, 0, 0);
  }

  TrackedGroup with(Cluster grown) {
    return new TrackedGroup(grown, state, label, publishedSize, alertedSize, alertedAt);
  }

  TrackedGroup with(GroupState newState, String newLabel) {
    return new TrackedGroup(cluster, newState, newLabel, publishedSize, alertedSize, alertedAt);
  }

  TrackedGroup published() {
    return new TrackedGroup(cluster, state, label, cluster.size(), alertedSize, alertedAt);
  }

  TrackedGroup alerted(long atMillis) {
    return new TrackedGroup(cluster, state, label, publishedSize, cluster.size(), atMillis);
  }

  /** The state that a decision, a person's or a later version's, leads to. */
  TrackedGroup decided(LabelAssigned decision) {
    if (decision.getAction() == LabelAction.RECOGNISE) {
      // A person's name outlives what models think of it.
      return state == GroupState.NAMED
          ? this
          : with(GroupState.RECOGNISED, decision.getRecognisedAs());
    }
    return decision.getAction() == LabelAction.IGNORE
        ? with(GroupState.IGNORED, null)
        : with(GroupState.NAMED, decision.getClassName());
  }

  /**
   * Whether it grew enough for another record: doubled, or by ten, and by a tenth of what it was. A
   * record for each member would flood a compacted topic that carries images.
   */
  boolean worthPublishing() {
    long grown = cluster.size() - publishedSize;
    return grown >= Math.min(publishedSize, Math.max(STEP, publishedSize / STEP));
  }
}
