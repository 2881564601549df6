package io.nirvanastreams.processor.batch;

import io.nirvanastreams.schemas.ImageEvent;

/**
 * One image to be embedded. Immutable by convention: the event is not copied and must not be
 * written to.
 *
 * @param event the image
 * @param recordTime timestamp of its Kafka record in milliseconds; chooses the model version
 * @param position where its record lies on the images topic; null for what is not of the stream
 */
public record InferenceRequest(ImageEvent event, long recordTime, Position position) {
  /** An image that is not of the stream. */
  public InferenceRequest(ImageEvent event, long recordTime) {
    this(event, recordTime, null);
  }

  /** Partition and offset of a record. */
  public record Position(int partition, long offset) {}
}
