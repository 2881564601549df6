package io.nirvanastreams.processor.batch;

import io.nirvanastreams.schemas.ImageEvent;

/**
 * One image to be embedded. Immutable by convention: the event is not copied and must not be
 * written to.
 *
 * @param event the image
 * @param recordTime timestamp of its Kafka record in milliseconds; chooses the model version
 */
public record InferenceRequest(ImageEvent event, long recordTime) {}
