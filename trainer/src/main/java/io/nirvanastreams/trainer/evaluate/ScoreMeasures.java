package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.Measures;
import io.nirvanastreams.openset.measure.RateCurve;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well one score tells known from unknown images; shares from 0 to 1. NaN without unknown
 * images.
 *
 * @param auroc area under the curve of true against false positives
 * @param oscr area under correct classification against false positives, ties counted half
 * @param tnrAtTpr95 unknown images rejected where 95 % of the known are accepted
 * @param detectionAccuracy best balanced accuracy over all thresholds
 * @param auin area under precision and recall, known images as positives
 * @param auout the same with unknown images as positives
 * @param ccrAtFpr10 known images accepted and right where 10 % of the unknown are accepted
 * @param ccrAtFpr1 the same at 1 %
 * @param ccrAtFpr01 the same at 0.1 %
 */
public record ScoreMeasures(
    double auroc,
    double oscr,
    double tnrAtTpr95,
    double detectionAccuracy,
    double auin,
    double auout,
    double ccrAtFpr10,
    double ccrAtFpr1,
    double ccrAtFpr01) {

  /** Measures the scores of images. */
  static ScoreMeasures of(double[] known, boolean[] correct, double[] unknown) {
    if (unknown.length == 0 || known.length == 0) {
      double none = Double.NaN;
      return new ScoreMeasures(none, none, none, none, none, none, none, none, none);
    }
    RateCurve oscr = RateCurve.oscr(known, correct, unknown);
    return new ScoreMeasures(
        Measures.auroc(known, unknown),
        Measures.oscr(known, correct, unknown),
        Measures.tnrAtTpr95(known, unknown),
        Measures.detectionAccuracy(known, unknown),
        Measures.auin(known, unknown),
        Measures.auout(known, unknown),
        oscr.rateAt(1e-1),
        oscr.rateAt(1e-2),
        oscr.rateAt(1e-3));
  }

  /** All measures by their names, in the order of tables. */
  public Map<String, Double> byName() {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("auroc", auroc);
    all.put("oscr", oscr);
    all.put("tnrAtTpr95", tnrAtTpr95);
    all.put("detectionAccuracy", detectionAccuracy);
    all.put("auin", auin);
    all.put("auout", auout);
    all.put("ccrAtFpr10", ccrAtFpr10);
    all.put("ccrAtFpr1", ccrAtFpr1);
    all.put("ccrAtFpr01", ccrAtFpr01);
    return Collections.unmodifiableMap(all);
  }
}
