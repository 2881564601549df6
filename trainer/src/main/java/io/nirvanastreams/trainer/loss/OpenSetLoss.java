package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.nirvanastreams.openset.simplex.Simplex;

/**
 * The open-set loss with background images. With squared distances d_ic = |f_i - s_c|^2, d_i =
 * d_i,yi, o_jc = |g_j - s_c|^2 and a margin m it is the sum of
 *
 * <pre>
 * L_intra   = 1/(2DN) sum_i d_i
 * L_triplet = 1/(2CN) sum_i sum_(c != y_i) [ m + d_i - d_ic ]+
 * L_out     = 1/(2NM) sum_i sum_j [ m + d_i - o_(j,y_i) ]+
 * </pre>
 *
 * A ramp caps each summand of L_out at 5/4 m (the authors: 60 with m = 48), so that a background
 * image which belongs to a class after all cannot pull the model apart.
 */
public final class OpenSetLoss implements Loss {
  private static final double AUTHORS_MARGIN = 48;
  private static final double RAMP = 1.25;

  private final float[][] centres;
  private final double margin;
  private final double backgroundWeight;
  private final boolean ramp;

  private OpenSetLoss(float[][] centres, double margin, double backgroundWeight, boolean ramp) {
    this.centres = centres;
    this.margin = margin;
    this.backgroundWeight = backgroundWeight;
    this.ramp = ramp;
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
        simplex.first(classes), rho * simplex.squaredEdge(), backgroundWeight, ramp);
  }

  /** As the authors' program runs: m = 48, and the simplex is that of {@link #authorsExpand}. */
  public static OpenSetLoss authors(
      int dimension, int classes, double backgroundWeight, boolean ramp) {
    Simplex simplex = Simplex.of(dimension, authorsExpand(classes));
    return new OpenSetLoss(simplex.first(classes), AUTHORS_MARGIN, backgroundWeight, ramp);
  }

  /** The radius E that the authors' program uses, whatever it was told: the number of classes. */
  public static double authorsExpand(int classes) {
    return classes;
  }

  @Override
  public NDArray of(NDArray features, int[] labels, NDArray background, int[] vertices) {
    Terms terms = terms(features, labels, background);
    NDArray known = terms.intraclass().add(terms.triplet());
    return background == null ? known : known.add(terms.outlier().mul((float) backgroundWeight));
  }

  /**
   * The three parts, not weighted.
   *
   * @param outlier null without background images
   */
  record Terms(NDArray intraclass, NDArray triplet, NDArray outlier) {}

  Terms terms(NDArray features, int[] labels, NDArray background) {
    NDManager manager = features.getManager();
    int n = labels.length;
    int classes = centres.length;
    long dimension = features.getShape().get(1);
    NDArray table = table(manager);
    NDArray own = manager.create(oneHot(labels), new Shape(n, classes));
    NDArray distances = squaredDistances(features, table);
    NDArray ownDistance = distances.mul(own).sum(new int[] {1}, true);
    NDArray intraclass = ownDistance.sum().div(2f * dimension * n);
    NDArray others = own.neg().add(1);
    NDArray triplet = hinge(ownDistance.sub(distances)).mul(others).sum().div(2f * classes * n);
    if (background == null) {
      return new Terms(intraclass, triplet, null);
    }
    NDArray toOwn = own.matMul(squaredDistances(background, table).transpose());
    NDArray outlier = hinge(ownDistance.sub(toOwn));
    if (ramp) {
      outlier = outlier.minimum((float) (RAMP * margin));
    }
    return new Terms(intraclass, triplet, outlier.mean().div(2f));
  }

  private NDArray hinge(NDArray difference) {
    return Activation.relu(new NDList(difference.add((float) margin))).singletonOrThrow();
  }

  private static NDArray squaredDistances(NDArray rows, NDArray table) {
    return rows.expandDims(1).sub(table).square().sum(new int[] {2});
  }

  private NDArray table(NDManager manager) {
    int dimension = centres[0].length;
    float[] flat = new float[centres.length * dimension];
    for (int c = 0; c < centres.length; c++) {
      System.arraycopy(centres[c], 0, flat, c * dimension, dimension);
    }
    return manager.create(flat, new Shape(1, centres.length, dimension));
  }

  private float[] oneHot(int[] labels) {
    float[] rows = new float[labels.length * centres.length];
    for (int i = 0; i < labels.length; i++) {
      rows[i * centres.length + labels[i]] = 1;
    }
    return rows;
  }
}
