package io.nirvanastreams.app.demo;

import io.nirvanastreams.openset.calibration.AlarmBound;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Known images answered UNKNOWN by version 1, for which calibration and stream are exchangeable:
 * what CalibratedAlarms is about.
 *
 * @param images answers counted
 * @param measured share answered UNKNOWN
 * @param bound highest share that the promise explains, given the sizes of the calibration sets and
 *     of the stream
 */
record AlarmRate(long images, double measured, double bound) {
  /** Chance with which a promise that holds is reported as kept whatever the luck of the draw. */
  private static final double CONFIDENCE = 0.999;

  static AlarmRate of(OpenSetCalibration first, List<Answer> answers) {
    long[] trials = new long[first.classes().size()];
    long flagged = 0;
    for (Answer answer : answers) {
      int predicted = first.labels().indexOf(answer.nearest());
      if (answer.version() == 1
          && predicted >= 0
          && first.labels().contains(answer.image().truth())) {
        trials[predicted]++;
        flagged += answer.accepted() ? 0 : 1;
      }
    }
    long images = LongStream.of(trials).sum();
    return images == 0
        ? new AlarmRate(0, 0, 0)
        : new AlarmRate(
            images, (double) flagged / images, AlarmBound.of(first, trials, CONFIDENCE));
  }

  boolean withinPromise() {
    return measured <= bound;
  }
}
