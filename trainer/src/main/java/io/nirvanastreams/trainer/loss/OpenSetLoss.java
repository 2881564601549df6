package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import io.nirvanastreams.openset.simplex.Simplex;
import java.util.Arrays;

/**
 * The open-set loss with background images (Cevikalp, Saribas, Uzun, section III; repository
 * Cevikalp/dudch). With squared distances d_ic = |f_i - s_c|^2, d_i = d_i,yi, o_jc = |g_j - s_c|^2
 * and a margin m it is the sum of
 *
 * <pre>
 * L_intra   = 1/(2DN) sum_i d_i
 * L_triplet = 1/(2CN) sum_i sum_(c != y_i) [ m + d_i - d_ic ]+
 * L_out     = 1/(2NM) sum_i sum_j [ m + d_i - o_(j,y_i) ]+
 * </pre>
 *
 * A ramp caps each summand of L_out at 5/4 m (the authors: 60 with m = 48), so that a background
 * image which belongs to a class after all cannot pull the model apart.
 *
 * <p>L_out leaves background alone where future classes will be. {@link #pushingFromFree} adds the
 * next K free vertices, each with the weight that a class has in L_out, against the mean of d_i:
 *
 * <pre>
 * L_free    = 1/(2CM) sum_j sum_(C &lt;= k &lt; C+K) [ m + mean_i d_i - o_jk ]+
 * </pre>
 */
public final class OpenSetLoss implements Loss {
  private static final double AUTHORS_MARGIN = 48;

  private final Simplex simplex;
  private final float[][] centres;
  private final float[][] free;
  private final OpenSetTerms.Margin margin;
  private final double backgroundWeight;

  private OpenSetLoss(
      Simplex simplex,
      int classes,
      int freeVertices,
      OpenSetTerms.Margin margin,
      double backgroundWeight) {
    int known = classes + Math.min(freeVertices, simplex.capacity() - classes);
    this.simplex = simplex;
    this.centres = simplex.first(classes);
    this.free = Arrays.copyOfRange(simplex.first(known), classes, known);
    this.margin = margin;
    this.backgroundWeight = backgroundWeight;
  }

  /**
   * With the margin as a share of the squared simplex edge: m = rho 2E^2(1+1/D). That keeps its
   * meaning for any number of classes; 0.66 is what the authors' numbers come to for six.
   *
   * @param classes C, of which the first C vertices are the centres
   */
  public static OpenSetLoss relative(
      Simplex simplex, int classes, double rho, double backgroundWeight, boolean ramp) {
    return new OpenSetLoss(
        simplex,
        classes,
        0,
        new OpenSetTerms.Margin(rho * simplex.squaredEdge(), ramp),
        backgroundWeight);
  }

  /** As the authors' program runs: m = 48, and the simplex is that of {@link #authorsExpand}. */
  public static OpenSetLoss authors(
      int dimension, int classes, double backgroundWeight, boolean ramp) {
    return new OpenSetLoss(
        Simplex.of(dimension, authorsExpand(classes)),
        classes,
        0,
        new OpenSetTerms.Margin(AUTHORS_MARGIN, ramp),
        backgroundWeight);
  }

  /** The radius E that the authors' program uses, whatever it was told: the number of classes. */
  public static double authorsExpand(int classes) {
    return classes;
  }

  /**
   * The same loss that also pushes background images from vertices no class holds yet.
   *
   * @param vertices K, how many of the next ones; those that the simplex has not are left out
   * @throws IllegalArgumentException when it is negative
   */
  public OpenSetLoss pushingFromFree(int vertices) {
    if (vertices < 0) {
      throw new IllegalArgumentException(
          "Background is pushed from 0 or more free vertices, not from " + vertices);
    }
    return new OpenSetLoss(simplex, centres.length, vertices, margin, backgroundWeight);
  }

  @Override
  public NDArray of(NDArray features, int[] labels, NDArray background, int[] vertices) {
    return terms(features, labels, background).total(backgroundWeight);
  }

  OpenSetTerms terms(NDArray features, int[] labels, NDArray background) {
    NDArray table = Distances.table(features.getManager(), centres);
    NDArray next = free.length == 0 ? null : Distances.table(features.getManager(), free);
    return margin.terms(features, labels, background, table, next);
  }
}
