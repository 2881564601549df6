package io.nirvanastreams.openset.grouping;

/**
 * How unknowns are grouped. Immutable.
 *
 * @param joinDistance largest cosine distance to the mean of a cluster at which an image joins it
 * @param mergeDistance clusters whose means come at least this near become one; at most the join
 *     distance is sensible
 * @param minimumSize members from which a cluster is a group; fewer are noise so far
 * @param maximumClusters clusters kept, groups and candidates together; bounds the memory
 * @param exemplars event ids kept per cluster to look at
 */
public record GroupingSettings(
    double joinDistance,
    double mergeDistance,
    int minimumSize,
    int maximumClusters,
    int exemplars) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException when a distance is outside 0..2 or a count is below 1
   */
  public GroupingSettings {
    if (!(joinDistance >= 0 && joinDistance <= 2) || !(mergeDistance >= 0 && mergeDistance <= 2)) {
      throw new IllegalArgumentException(
          "cosine distances lie in 0..2: join " + joinDistance + ", merge " + mergeDistance);
    }
    if (minimumSize < 1 || maximumClusters < 1 || exemplars < 0) {
      throw new IllegalArgumentException(
          "minimumSize %d and maximumClusters %d must be at least 1, exemplars %d at least 0"
              .formatted(minimumSize, maximumClusters, exemplars));
    }
  }
}
