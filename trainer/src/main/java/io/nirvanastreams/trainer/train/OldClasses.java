package io.nirvanastreams.trainer.train;

/**
 * The classes that a fine-tuning starts with, and how much their images count beside those of the
 * new ones. Immutable.
 *
 * <p>Two things keep the old classes. A feature trained by squared distances goes to the mean of
 * the vertices, weighted by how likely the classes are for such an image. Where an image could be
 * of an old class as well as of a new one, a weight w of the old classes draws it w times as
 * strongly to the old: old classes keep more and the new one is recognised less. A lead does the
 * same to a network that is trained already: it moves every feature away from the vertices of the
 * new classes, so that an image is nearest to one of them only where the feature leans to it by (1
 * + lead) / 2 against an old one. A lead of l draws the line where a weight of (1 + l) / (1 - l)
 * does, without the luck of another training and as finely as one likes. The vertices and the
 * decision by the nearest one stay.
 *
 * @param count how many of the first classes are old; 0 in a training from scratch
 * @param weight w, of an image of an old class against one of a new class
 * @param lead how far features are moved when training has ended, as a share of the radius
 */
public record OldClasses(int count, double weight, double lead) {
  /** A training from scratch: all images count the same. */
  public static final OldClasses NONE = new OldClasses(0, 1);

  private static final double LARGEST_LEAD = 0.9;
  private static final double LARGEST = 1000;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a value outside its range, or a weight of no class
   */
  public OldClasses {
    Ranges.check(count >= 0, "old-classes", count);
    Ranges.check(weight >= 1 / LARGEST && weight <= LARGEST, "old-weight", weight);
    Ranges.check(lead >= 0 && lead <= LARGEST_LEAD, "old-lead", lead);
    if (count == 0 && weight != 1) {
      throw new IllegalArgumentException(
          "old-weight is for fine-tuning, which knows its old classes; set it to 1");
    }
    if (count == 0 && lead != 0) {
      throw new IllegalArgumentException(
          "old-lead is for fine-tuning, which knows its old classes; set it to 0");
    }
  }

  /** Without a lead. */
  public OldClasses(int count, double weight) {
    this(count, weight, 0);
  }

  /** The same classes with another weight. */
  public OldClasses withWeight(double newWeight) {
    return new OldClasses(count, newWeight, lead);
  }

  /** The same classes with another lead. */
  public OldClasses withLead(double newLead) {
    return new OldClasses(count, weight, newLead);
  }
}
