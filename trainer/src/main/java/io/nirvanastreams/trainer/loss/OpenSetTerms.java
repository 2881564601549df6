package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;

/**
 * The parts of the open-set loss, not weighted; {@link OpenSetLoss} has the formulas.
 *
 * @param intraclass L_intra
 * @param triplet L_triplet
 * @param outlier L_out and L_free, or null without background images
 */
record OpenSetTerms(NDArray intraclass, NDArray triplet, NDArray outlier) {
  private static final double RAMP = 1.25;

  /**
   * The margin and what happens far beyond it.
   *
   * @param margin m
   * @param ramp whether summands of L_out end at 5/4 m
   */
  record Margin(double margin, boolean ramp) {

    /**
     * The parts for a batch.
     *
     * @param background (M, D), or null
     * @param centres (C, D)
     * @param free (K, D) that background is pushed from beside the centres, or null
     */
    OpenSetTerms terms(
        NDArray features, int[] labels, NDArray background, NDArray centres, NDArray free) {
      int n = labels.length;
      int classes = (int) centres.getShape().get(0);
      long dimension = features.getShape().get(1);
      NDArray own = Distances.oneHot(features.getManager(), labels, classes);
      NDArray distances = Distances.squared(features, centres);
      NDArray ownDistance = distances.mul(own).sum(new int[] {1}, true);
      NDArray intraclass = Distances.scaled(ownDistance.sum(), 0.5 / ((double) dimension * n));
      NDArray others = own.neg().add(1);
      NDArray triplet =
          Distances.scaled(
              violated(ownDistance.sub(distances)).mul(others).sum(), 0.5 / ((double) classes * n));
      if (background == null) {
        return new OpenSetTerms(intraclass, triplet, null);
      }
      NDArray toOwn = own.matMul(Distances.squared(background, centres).transpose());
      NDArray outlier = Distances.scaled(capped(ownDistance.sub(toOwn)).mean(), 0.5);
      if (free != null) {
        NDArray toFree = Distances.squared(background, free);
        NDArray pushed = capped(ownDistance.mean().sub(toFree)).sum();
        double images = background.getShape().get(0);
        outlier = outlier.add(Distances.scaled(pushed, 0.5 / (classes * images)));
      }
      return new OpenSetTerms(intraclass, triplet, outlier);
    }

    private NDArray violated(NDArray difference) {
      return Distances.positive(difference.add((float) margin));
    }

    private NDArray capped(NDArray difference) {
      NDArray violated = violated(difference);
      return ramp ? Distances.atMost(violated, RAMP * margin) : violated;
    }
  }

  /** The sum, with the background's part weighted. */
  NDArray total(double backgroundWeight) {
    NDArray known = intraclass.add(triplet);
    return outlier == null ? known : known.add(Distances.scaled(outlier, backgroundWeight));
  }
}
