package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.vector.Cosine;

/**
 * The distance of the feature to the nearest vertex of the simplex that no class holds: an image of
 * a known class is far from all of them.
 *
 * <p>Background images are trained to lie there (turned ones on vertices of their own, Golan,
 * El-Yaniv, "Deep Anomaly Detection Using Geometric Transformations", NeurIPS 2018) or at the
 * origin (Dhamija, Guenther, Boult, "Reducing Network Agnostophobia", NeurIPS 2018), and both are
 * nearer to the free vertices than known images are. So this score asks what speaks for something
 * unknown where the raw one asks what speaks for the class. A model with D+1 classes has no vertex
 * left, and all images score 0.
 *
 * <p>In O(D): the vertices differ from each other in one coordinate only, see {@link
 * io.nirvanastreams.openset.simplex.Simplex}.
 */
final class FreeVertexScore implements Score {
  static final String NAME = "free-vertex";

  private final int classes;
  private final double expand;

  /**
   * A score.
   *
   * @param centres the first vertices of a simplex
   * @throws IllegalArgumentException when there are none
   */
  FreeVertexScore(float[][] centres) {
    if (centres.length == 0) {
      throw new IllegalArgumentException(NAME + " needs the vertices of the classes");
    }
    classes = centres.length;
    expand = Cosine.norm(centres[0]);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Evidence evidence) {
    float[] feature = evidence.feature();
    if (classes > feature.length) {
      return 0;
    }
    double sum = 0;
    double square = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < feature.length; i++) {
      sum += feature[i];
      square += (double) feature[i] * feature[i];
      if (i >= classes - 1) {
        largest = Math.max(largest, feature[i]);
      }
    }
    double d = feature.length;
    double base = -(1 + Math.sqrt(d + 1)) / (d * Math.sqrt(d));
    double along = expand * (base * sum + Math.sqrt((d + 1) / d) * largest);
    return Math.sqrt(Math.max(0, square + expand * expand - 2 * along));
  }
}
