package io.nirvanastreams.app.console.view;

import io.nirvanastreams.schemas.Recognition;
import java.util.List;

/**
 * One answered image on the live strip.
 *
 * @param serial counts the frames of this view from 1, so that a reader knows which are new to it
 * @param eventId the image; its picture is asked for by this id
 * @param sourceId the camera
 * @param outcome KNOWN, UNKNOWN or UNDECODABLE
 * @param label the class for KNOWN; empty otherwise
 * @param reason why it could not be decoded; empty otherwise
 * @param pValue conformal p-value of being known
 * @param distance Euclidean distance to the nearest class centre
 * @param nearest the nearest classes, nearest first
 * @param modelVersion the version that answered
 * @param capturedAt milliseconds since 1970
 * @param latencyMillis from capture to answer
 */
public record Frame(
    long serial,
    String eventId,
    String sourceId,
    String outcome,
    String label,
    String reason,
    double pValue,
    double distance,
    List<String> nearest,
    int modelVersion,
    long capturedAt,
    long latencyMillis) {

  static Frame of(long serial, Recognition answer, long latencyMillis) {
    return new Frame(
        serial,
        answer.getEventId(),
        answer.getSourceId(),
        answer.getOutcome().name(),
        orEmpty(answer.getLabel()),
        orEmpty(answer.getReason()),
        finite(answer.getPValue()),
        finite(answer.getDistance()),
        answer.getNearest().stream().map(nearest -> nearest.getLabel()).toList(),
        answer.getModelVersion(),
        answer.getCapturedAt().toEpochMilli(),
        latencyMillis);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  /** JSON has no NaN, and an undecodable image has no distance. */
  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }
}
