package io.nirvanastreams.openset.grouping;

/**
 * One image of a cluster. Immutable.
 *
 * @param eventId the image
 * @param distance cosine distance to the mean of the cluster when it joined; 0 for the first
 * @param timeMillis time of the image
 */
public record Member(String eventId, double distance, long timeMillis) {}
