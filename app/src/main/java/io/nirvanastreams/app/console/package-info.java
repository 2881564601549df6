/**
 * The operator's console: a page on loopback that shows what the cameras' images were recognised
 * as, the groups of unknowns and the model versions, and takes names for groups.
 *
 * <p>Kafka records go through {@code feed} into {@code view}, which {@code http} shows.
 */
package io.nirvanastreams.app.console;
