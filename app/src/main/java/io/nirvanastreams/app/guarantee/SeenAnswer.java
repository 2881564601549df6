package io.nirvanastreams.app.guarantee;

import io.nirvanastreams.schemas.Recognition;

/**
 * An answer as a reader of committed records saw it. Immutable by convention: the record is shared.
 *
 * @param recognition the answer
 * @param partition of the recognitions topic
 * @param recordTime time of the record in milliseconds, which is that of its image
 */
public record SeenAnswer(Recognition recognition, int partition, long recordTime) {
  String eventId() {
    return recognition.getEventId();
  }

  String sourceId() {
    return recognition.getSourceId();
  }

  int version() {
    return recognition.getModelVersion();
  }
}
