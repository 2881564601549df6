package io.nirvanastreams.openset.score;

import io.nirvanastreams.openset.linear.Span;
import io.nirvanastreams.openset.vector.Cosine;

/**
 * Minus the share of the feature's length that lies outside the span of the class centres: 0 within
 * the span, -1 at right angles to it.
 *
 * <p>Training pulls known images into the span; an unknown one has no reason to stay there. After
 * Wang, Li, Feng, Zhang, "ViM: Out-Of-Distribution with Virtual-logit Matching", CVPR 2022, section
 * 4, with the span of the fixed centres in the place of the principal space of the features. A
 * model with D or more classes has no direction left outside, and all images score alike.
 */
final class ResidualScore implements Score {
  static final String NAME = "residual";

  private final Span span;

  ResidualScore(float[][] centres) {
    span = Span.of(centres);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double of(Evidence evidence) {
    if (span.dimension() >= evidence.feature().length) {
      return 0;
    }
    double length = Cosine.norm(evidence.feature());
    // A feature of zeros lies on no side of anything; nothing speaks for its being known.
    return length > 0 ? -span.distance(evidence.feature()) / length : -1;
  }
}
