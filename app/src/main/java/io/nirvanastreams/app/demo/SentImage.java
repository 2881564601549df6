package io.nirvanastreams.app.demo;

/**
 * What a simulated camera sent, with the truth that only the demo knows.
 *
 * @param eventId id of the event
 * @param sourceId the camera
 * @param sequence position among the images of that camera, from 0
 * @param truth the true class
 * @param sentAtMillis wall clock when it was handed to the producer
 */
record SentImage(String eventId, String sourceId, long sequence, String truth, long sentAtMillis) {}
