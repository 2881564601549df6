package io.nirvanastreams.app.guarantee;

/**
 * What a simulated camera sent, with the truth that only the sender knows. Immutable.
 *
 * @param eventId id of the event
 * @param sourceId the camera
 * @param sequence position among the images of that camera, from 0
 * @param truth the true class; empty for an image that cannot be decoded
 * @param sentAtMillis wall clock when it was handed to the producer
 */
public record SentImage(
    String eventId, String sourceId, long sequence, String truth, long sentAtMillis) {}
