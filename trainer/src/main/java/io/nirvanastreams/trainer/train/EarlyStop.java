package io.nirvanastreams.trainer.train;

import java.util.List;

/**
 * Tells when a run has stopped getting better. It looks at the curve alone, so that a resumed run
 * stops where the uninterrupted one would have stopped.
 *
 * @param patience epochs without a better validation accuracy; 0 never stops
 */
record EarlyStop(int patience) {

  /** Whether the last so many epochs all were no better than one before them. */
  boolean reached(List<EpochResult> curve) {
    int best = 0;
    for (int i = 1; i < curve.size(); i++) {
      if (curve.get(i).validationAccuracy() > curve.get(best).validationAccuracy()) {
        best = i;
      }
    }
    return patience > 0 && curve.size() - 1 - best >= patience;
  }
}
