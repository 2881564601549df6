package io.nirvanastreams.openset.score;

import java.util.List;

/**
 * Stored representations of training images that new images are compared with.
 *
 * @param byClass per class in vertex order, one row an image, each of Euclidean length 1; a class
 *     may have none
 */
public record ReferenceSet(List<float[][]> byClass) {

  /** Without any reference, for scores that need none. */
  public static final ReferenceSet EMPTY = new ReferenceSet(List.of());

  /** Keeps its own list; the rows are shared and must not be written to. */
  public ReferenceSet {
    byClass = List.copyOf(byClass);
  }

  /** Number of stored images over all classes. */
  public int size() {
    return byClass.stream().mapToInt(rows -> rows.length).sum();
  }
}
