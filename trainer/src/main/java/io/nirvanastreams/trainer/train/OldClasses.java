package io.nirvanastreams.trainer.train;

/**
 * The classes that a fine-tuning starts with, and how much their images count beside those of the
 * new ones. Immutable.
 *
 * <p>A feature trained by squared distances goes to the mean of the vertices, weighted by how
 * likely the classes are for such an image. Where an image could be of an old class as well as of a
 * new one, a weight w of the old classes draws it w times as strongly to the old: old classes keep
 * more and the new one is recognised less. The vertices and the decision by the nearest one stay.
 *
 * @param count how many of the first classes are old; 0 in a training from scratch
 * @param weight w, of an image of an old class against one of a new class
 */
public record OldClasses(int count, double weight) {
  /** A training from scratch: all images count the same. */
  public static final OldClasses NONE = new OldClasses(0, 1);

  private static final double LARGEST = 1000;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a value outside its range, or a weight of no class
   */
  public OldClasses {
    Ranges.check(count >= 0, "old-classes", count);
    Ranges.check(weight >= 1 / LARGEST && weight <= LARGEST, "old-weight", weight);
    if (count == 0 && weight != 1) {
      throw new IllegalArgumentException(
          "old-weight is for fine-tuning, which knows its old classes; set it to 1");
    }
  }
}
