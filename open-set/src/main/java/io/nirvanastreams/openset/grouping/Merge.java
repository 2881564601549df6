package io.nirvanastreams.openset.grouping;

/**
 * Two clusters became one. Immutable.
 *
 * @param from the smaller one, which is gone; as it was before
 * @param into id of the one that took its members
 */
public record Merge(Cluster from, String into) {}
