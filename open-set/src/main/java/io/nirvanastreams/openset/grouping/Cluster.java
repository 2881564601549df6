package io.nirvanastreams.openset.grouping;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Unknowns that look alike: a group once born, a candidate before.
 *
 * <p>Immutable by convention: the mean is not copied and must not be written to. It is also the
 * whole state of the cluster, see {@link ClusterCodec}.
 *
 * @param id made from the scope and the first image
 * @param size members so far
 * @param mean mean of the members' representations, each of length 1; itself shorter than 1
 * @param firstSeen earliest time of a member, in milliseconds
 * @param lastSeen latest time of a member, in milliseconds
 * @param exemplars event ids of the first few members
 * @param born whether it is a group
 * @param waiting members that were not reported yet, as it was no group; empty once born
 */
@SuppressWarnings("ArrayRecordComponent")
public record Cluster(
    String id,
    long size,
    float[] mean,
    long firstSeen,
    long lastSeen,
    List<String> exemplars,
    boolean born,
    List<Member> waiting) {

  /** Keeps its own copies of the lists. */
  public Cluster {
    exemplars = List.copyOf(exemplars);
    waiting = List.copyOf(waiting);
  }

  /** Equal when the values are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Cluster that
        && id.equals(that.id)
        && size == that.size
        && Arrays.equals(mean, that.mean)
        && firstSeen == that.firstSeen
        && lastSeen == that.lastSeen
        && exemplars.equals(that.exemplars)
        && born == that.born
        && waiting.equals(that.waiting);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, size, Arrays.hashCode(mean), firstSeen, lastSeen, born);
  }

  @Override
  public String toString() {
    return "Cluster[%s, %d members, %s]".formatted(id, size, born ? "group" : "candidate");
  }
}
