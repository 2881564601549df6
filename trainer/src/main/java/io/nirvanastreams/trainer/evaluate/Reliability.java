package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.calibration.AlarmBound;
import io.nirvanastreams.openset.calibration.ClassCalibration;
import io.nirvanastreams.openset.calibration.Judgement;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.decision.Decision;
import io.nirvanastreams.openset.decision.DecisionRule;
import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.trainer.evaluate.picture.ReliabilityPicture;
import io.nirvanastreams.trainer.evaluate.picture.ReliabilityPicture.Point;
import java.util.ArrayList;
import java.util.List;

/** What a calibration promises at every alpha against what known images got. Stateless. */
final class Reliability {
  private static final double[] ALPHAS = {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5};

  private Reliability() {}

  static ReliabilityPicture of(
      OpenSetCalibration calibration, List<Judgement> known, double confidence) {
    List<double[]> scores = calibration.classes().stream().map(ClassCalibration::scores).toList();
    long[] predicted = new long[scores.size()];
    known.forEach(answer -> predicted[answer.evidence().nearest()]++);
    List<Point> points = new ArrayList<>();
    for (double alpha : ALPHAS) {
      OpenSetCalibration at =
          new OpenSetCalibration(
              calibration.version(),
              alpha,
              calibration.method(),
              calibration.score(),
              calibration.scoreParameters(),
              calibration.classes(),
              calibration.fitted());
      DecisionRule rule = DecisionRules.byName(at.method(), alpha, scores, calibration.fitted());
      long refused =
          known.stream()
              .filter(
                  answer ->
                      rule.decide(answer.evidence().nearest(), answer.score())
                          instanceof Decision.Unknown)
              .count();
      points.add(
          new Point(
              alpha, (double) refused / known.size(), AlarmBound.of(at, predicted, confidence)));
    }
    return new ReliabilityPicture(calibration.method() + " on " + calibration.score(), points);
  }
}
