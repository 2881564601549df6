package io.nirvanastreams.openset.calibration;

import io.nirvanastreams.openset.decision.ConformalBound;
import io.nirvanastreams.openset.decision.DecisionRule;
import io.nirvanastreams.openset.decision.DecisionRules;
import java.util.List;

/** How high a false-unknown rate a calibration explains on images of its classes. Stateless. */
public final class AlarmBound {
  private AlarmBound() {}

  /**
   * The bound. Classes that are judged by the pooled scores count as one.
   *
   * @param imagesByPredictedClass known images judged, by the class they were predicted as
   * @param confidence probability that the bound holds when the promise does, such as 0.999
   * @return a share, 0..1; NaN when nothing was judged, or the method promises nothing
   */
  public static double of(
      OpenSetCalibration calibration, long[] imagesByPredictedClass, double confidence) {
    if (!DecisionRules.conformal(calibration.method())) {
      return Double.NaN;
    }
    List<double[]> scores = calibration.classes().stream().map(ClassCalibration::scores).toList();
    DecisionRule rule =
        DecisionRules.byName(
            calibration.method(), calibration.alpha(), scores, calibration.fitted());
    int classes = scores.size();
    int[] calibrated = new int[classes + 1];
    long[] trials = new long[classes + 1];
    long total = 0;
    for (int c = 0; c < classes; c++) {
      calibrated[c] = scores.get(c).length;
      calibrated[classes] += calibrated[c];
      trials[rule.pooled(c) ? classes : c] += imagesByPredictedClass[c];
      total += imagesByPredictedClass[c];
    }
    return total == 0
        ? Double.NaN
        : ConformalBound.upper(calibrated, calibration.alpha(), trials, confidence);
  }
}
