package io.nirvanastreams.processor.consensus;

/**
 * The vote of one image. Immutable.
 *
 * @param timeMillis record time
 * @param label the class it was answered; null for unknown
 */
record Frame(long timeMillis, String label) {}
