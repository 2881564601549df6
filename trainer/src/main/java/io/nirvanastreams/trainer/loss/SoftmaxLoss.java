package io.nirvanastreams.trainer.loss;

import ai.djl.ndarray.NDArray;
import io.nirvanastreams.openset.simplex.Simplex;

/**
 * The paper's softmax loss on fixed centres: cross entropy over the inner products with them, also
 * divided by the number of classes (Cevikalp, Saribas, Uzun, section III).
 *
 * <pre>
 * L = -1/(NC) sum_i sum_c t_ic log softmax_c( &lt;f_i, s_c&gt; )
 * </pre>
 *
 * The authors' program exponentiates first and overflows; here the logarithm is taken of the whole.
 * The target t is 1 at the class of the image; smoothed by e it is 1 - e + e/C there and e/C
 * elsewhere, as in torch (Szegedy et al., "Rethinking the Inception Architecture", 2016, section
 * 7). Background images are pulled as {@link VertexLoss} pulls them: at the origin all classes are
 * equally likely.
 */
public final class SoftmaxLoss implements Loss {
  private final float[][] centres;
  private final double smoothing;
  private final BackgroundPull pull;

  /**
   * A loss over the first vertices of a simplex.
   *
   * @param classes C, of which the first C vertices are the centres
   * @param smoothing e, from 0 to below 1
   * @param backgroundWeight factor of the background's part
   */
  public SoftmaxLoss(Simplex simplex, int classes, double smoothing, double backgroundWeight) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "Labels are smoothed by 0 to below 1, not by " + smoothing);
    }
    this.centres = simplex.first(classes);
    this.smoothing = smoothing;
    this.pull = new BackgroundPull(simplex, backgroundWeight);
  }

  @Override
  public NDArray of(NDArray features, int[] labels, NDArray background, int[] vertices) {
    int classes = centres.length;
    NDArray table = Distances.table(features.getManager(), centres);
    NDArray logarithms = features.matMul(table.transpose()).logSoftmax(1);
    NDArray targets =
        Distances.oneHot(features.getManager(), labels, classes)
            .mul((float) (1 - smoothing))
            .add((float) (smoothing / classes));
    NDArray loss =
        Distances.scaled(logarithms.mul(targets).sum(), -1.0 / ((double) labels.length * classes));
    return pull.addTo(loss, background, vertices);
  }
}
