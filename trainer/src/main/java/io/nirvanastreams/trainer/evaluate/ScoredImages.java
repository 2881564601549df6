package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.RateCurve;

/**
 * What one score gave known and unknown images. Arrays are shared and must not be written to.
 *
 * @param known one score a known image
 * @param correct whether it is nearest to the vertex of its class
 * @param unknown one score an unknown image
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredImages(double[] known, boolean[] correct, double[] unknown) {

  /** How well the score tells them apart. */
  public ScoreMeasures measures() {
    return ScoreMeasures.of(known, correct, unknown);
  }

  /** Its receiver operating characteristic; there must be images of both kinds. */
  public RateCurve roc() {
    return RateCurve.roc(known, unknown);
  }

  /** Its open-set classification rate; there must be images of both kinds. */
  public RateCurve oscr() {
    return RateCurve.oscr(known, correct, unknown);
  }
}
