package io.nirvanastreams.app.guarantee;

import io.nirvanastreams.openset.calibration.AlarmBound;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.schemas.NearestClass;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Known images answered UNKNOWN by one version, for which calibration and stream are exchangeable:
 * what {@link CalibratedAlarms} is about. Immutable.
 *
 * @param images answers counted
 * @param measured share answered UNKNOWN
 * @param bound highest share that the promise explains, given the sizes of the calibration sets and
 *     of the stream; NaN when the method promises nothing
 */
public record AlarmRate(long images, double measured, double bound) {
  /** Chance with which a promise that holds is reported as kept whatever the luck of the draw. */
  public static final double CONFIDENCE = 0.999;

  /**
   * The rate of one version.
   *
   * @param truths true class by event id
   * @param confidence that the bound holds when the promise does
   */
  public static AlarmRate of(
      int version,
      OpenSetCalibration calibration,
      List<SeenAnswer> answers,
      Map<String, String> truths,
      double confidence) {
    List<String> labels = calibration.labels();
    long[] trials = new long[labels.size()];
    long flagged = 0;
    for (SeenAnswer answer : answers) {
      int predicted = labels.indexOf(nearest(answer.recognition()));
      if (answer.version() == version
          && predicted >= 0
          && labels.contains(truths.getOrDefault(answer.eventId(), ""))) {
        trials[predicted]++;
        flagged += answer.recognition().getOutcome() == Outcome.KNOWN ? 0 : 1;
      }
    }
    long images = LongStream.of(trials).sum();
    return images == 0
        ? new AlarmRate(0, 0, 0)
        : new AlarmRate(
            images, (double) flagged / images, AlarmBound.of(calibration, trials, confidence));
  }

  /** Whether the promise explains what was measured. */
  public boolean withinPromise() {
    return measured <= bound;
  }

  private static String nearest(Recognition recognition) {
    List<NearestClass> nearest = recognition.getNearest();
    return nearest.isEmpty() ? "" : nearest.get(0).getLabel();
  }
}
