package io.nirvanastreams.openset.grouping;

import java.util.List;

/**
 * What adding one image did. Immutable.
 *
 * <p>To keep clusters in a store, write {@code cluster} under its id and delete those of {@code
 * merges} and {@code evicted}: nothing else changed.
 *
 * @param cluster the cluster the image is in now, after all merges
 * @param distance cosine distance of the image to the mean of the cluster it joined; 0 when it
 *     began one
 * @param born whether the cluster became a group by this image
 * @param newMembers images that belong to the group since this call: all waiting ones when it was
 *     born, otherwise this one and those of merged candidates; empty while the cluster is no group
 * @param merges merges that followed, in order
 * @param evicted clusters dropped to bound the memory; groups among them have {@code born} set
 */
public record GroupingChange(
    Cluster cluster,
    double distance,
    boolean born,
    List<Member> newMembers,
    List<Merge> merges,
    List<Cluster> evicted) {

  /** Keeps its own copies of the lists. */
  public GroupingChange {
    newMembers = List.copyOf(newMembers);
    merges = List.copyOf(merges);
    evicted = List.copyOf(evicted);
  }
}
