package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nirvanastreams.openset.simplex.Simplex;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * The open-set loss with centres that are learned instead of fixed, for comparison ("Learning
 * Uniform Hyperspherical Centers for Open and Closed Set Recognition", repository Cevikalp/dudch).
 * To the terms of {@link OpenSetLoss} it adds one that spreads the centres s_c:
 *
 * <pre>
 * L_uniform = log( 1/(C(C-1)) sum_(c != b) exp( -t |s_c - s_b|^2 ) )     t = 0.23 / E^2
 * </pre>
 *
 * After each step the centres are projected back to the sphere of radius E. The authors use t =
 * 0.0001 at E = 48, which is the same; they leave in c = b, a constant.
 *
 * <p>A model trained so has centres of its own: no class can be added to it without moving them,
 * which is why the product serves models with fixed centres only. One thread.
 */
public final class HypersphereLoss implements Loss {
  /** The name of the centres among what is learned. */
  public static final String CENTRES = "loss.centres";

  private static final double KERNEL = 0.23;

  private final NDArray centres;
  private final double expand;
  private final OpenSetTerms.Margin margin;
  private final double backgroundWeight;

  private HypersphereLoss(
      NDArray centres, double expand, OpenSetTerms.Margin margin, double backgroundWeight) {
    this.centres = centres;
    this.expand = expand;
    this.margin = margin;
    this.backgroundWeight = backgroundWeight;
    centres.setRequiresGradient(true);
  }

  /**
   * A loss with given centres.
   *
   * @param manager owns the centres
   * @param centres (C, D) on the sphere, such as {@link #drawCentres} gives
   * @param simplex tells E, and the squared edge that {@code rho} is a share of
   */
  public static HypersphereLoss of(
      NDManager manager,
      float[][] centres,
      Simplex simplex,
      double rho,
      double backgroundWeight,
      boolean ramp) {
    return new HypersphereLoss(
        Distances.table(manager, centres),
        simplex.expand(),
        new OpenSetTerms.Margin(rho * simplex.squaredEdge(), ramp),
        backgroundWeight);
  }

  /** Centres in random directions, which depend on the arguments only. */
  public static float[][] drawCentres(int classes, int dimension, double expand, long seed) {
    Random random = new Random(seed);
    float[][] centres = new float[classes][dimension];
    for (float[] centre : centres) {
      double[] direction = DoubleStream.generate(random::nextGaussian).limit(dimension).toArray();
      double norm = Math.sqrt(Arrays.stream(direction).map(v -> v * v).sum());
      for (int i = 0; i < dimension; i++) {
        centre[i] = (float) (expand * direction[i] / norm);
      }
    }
    return centres;
  }

  @Override
  public Map<String, NDArray> parameters() {
    return Map.of(CENTRES, centres);
  }

  @Override
  public NDArray of(NDArray features, int[] labels, NDArray background, int[] vertices) {
    NDManager manager = features.getManager();
    // The centres outlive the batch, and what is made from them would too: go on with a copy.
    NDArray table = manager.zeros(centres.getShape()).add(centres);
    NDArray open = margin.terms(features, labels, background, table, null).total(backgroundWeight);
    return open.add(uniformity(table));
  }

  private NDArray uniformity(NDArray table) {
    long classes = table.getShape().get(0);
    NDArray others = table.getManager().eye((int) classes).neg().add(1);
    NDArray kernel =
        Distances.scaled(Distances.squared(table, table), -KERNEL / (expand * expand)).exp();
    return Distances.scaled(kernel.mul(others).sum(), 1 / (classes * (classes - 1.0))).log();
  }

  @Override
  public void afterStep() {
    try (NDManager scratch = centres.getManager().newSubManager()) {
      NDArray copy = scratch.zeros(centres.getShape()).add(centres);
      NDArray norms = copy.square().sum(new int[] {1}, true).sqrt();
      centres.divi(norms.div((float) expand));
    }
  }
}
