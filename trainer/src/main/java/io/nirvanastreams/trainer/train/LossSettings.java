package io.nirvanastreams.trainer.train;

/**
 * What pulls the known images. Immutable.
 *
 * @param kind which loss
 * @param margin rho: the open-set losses use m = rho * 2E^2(1+1/D); the authors' preset its own
 * @param ramp whether the open-set losses stop pushing background images that are far too near
 * @param backgroundVertices how many of the next free vertices the open-set losses push background
 *     from as well; classes that are added later take those
 * @param labelSmoothing what the softmax loss takes from the own class and deals to all; 0 is off
 * @param old classes that a fine-tuning starts with, and how much their images count
 */
public record LossSettings(
    Kind kind,
    double margin,
    boolean ramp,
    int backgroundVertices,
    double labelSmoothing,
    OldClasses old) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a value outside its range, or one that the loss has no use
   *     for
   */
  public LossSettings {
    Ranges.check(margin > 0 && Double.isFinite(margin), "margin", margin);
    Ranges.check(backgroundVertices >= 0, "background-vertices", backgroundVertices);
    Ranges.check(labelSmoothing >= 0 && labelSmoothing <= 0.9, "label-smoothing", labelSmoothing);
    if (backgroundVertices > 0 && kind != Kind.OPEN_SET && kind != Kind.OPEN_SET_AUTHORS) {
      throw new IllegalArgumentException(
          "background-vertices is for the losses open-set and open-set-authors; set it to 0");
    }
    if (labelSmoothing > 0 && kind != Kind.SOFTMAX) {
      throw new IllegalArgumentException("label-smoothing is for the loss softmax; set it to 0");
    }
  }

  /** The losses. */
  public enum Kind {
    /** Mean squared distance to the vertex of the class: the paper's default. */
    DEFAULT,
    /** Nothing within a ball around the vertex, the squared distance outside. */
    HINGE,
    /** Cross entropy over the inner products with the vertices. */
    SOFTMAX,
    /** The default with a soft ranking of the vertices by distance. */
    MICS,
    /** Intra-class, triplet and outlier terms with a margin relative to the simplex edge. */
    OPEN_SET,
    /** The same as the authors run it: m = 48 and E = the number of classes. Fits 6 classes. */
    OPEN_SET_AUTHORS,
    /** Open-set terms with learned centres, to compare with; such a model cannot be served. */
    HYPERSPHERE
  }

  /** Whether the centres are learned, so that the model's are not those of its simplex. */
  public boolean learnsCentres() {
    return kind == Kind.HYPERSPHERE;
  }
}
