package io.nirvanastreams.trainer.train;

/**
 * Images of no class that training shows beside the known ones. Immutable.
 *
 * @param kind where they come from
 * @param share background images for each known image of a batch
 * @param weight factor of the background's part of the loss
 */
public record BackgroundSettings(Kind kind, double share, double weight) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a value outside its range
   */
  public BackgroundSettings {
    Ranges.check(share >= 0 && share <= 4, "background-share", share);
    Ranges.check(weight >= 0 && weight <= 100, "background-weight", weight);
  }

  /** Where background images come from and what the losses without a term for them do. */
  public enum Kind {
    /** None. */
    NONE,
    /**
     * Known images turned by quarter turns. The losses without a term for background pull each
     * class's turned images to a vertex of their own from the far end of the simplex, which no
     * class holds yet.
     */
    ROTATED,
    /** Two known images blended, or joined at a half. */
    MIXED,
    /** A set of images given with the task. */
    GIVEN
  }
}
