package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.guarantee.SentImage;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;

/**
 * One answer beside its truth.
 *
 * @param image what was sent
 * @param outcome what was answered
 * @param nearest the class of the nearest centre: the closed-set label, also when the answer is
 *     UNKNOWN
 * @param score the score that was decided on
 * @param rawScore minus the distance to the nearest centre
 * @param version model version
 * @param modelAndThresholds weights hash and calibration version, which must belong to the version
 * @param latencyMillis from the camera's clock to the read_committed reader
 */
record Answer(
    SentImage image,
    Outcome outcome,
    String nearest,
    double score,
    double rawScore,
    int version,
    String modelAndThresholds,
    long latencyMillis) {

  static Answer of(SentImage image, Recognition recognition, long nowMillis) {
    return new Answer(
        image,
        recognition.getOutcome(),
        recognition.getNearest().isEmpty() ? "" : recognition.getNearest().get(0).getLabel(),
        recognition.getScore(),
        -recognition.getDistance(),
        recognition.getModelVersion(),
        recognition.getWeightsSha256() + "/" + recognition.getThresholdVersion(),
        nowMillis - image.sentAtMillis());
  }

  boolean accepted() {
    return outcome == Outcome.KNOWN;
  }

  boolean nearestIsRight() {
    return nearest.equals(image.truth());
  }
}
