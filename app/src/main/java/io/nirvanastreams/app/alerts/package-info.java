/**
 * Sends alerts out of the cluster: to a webhook, to an MQTT broker.
 *
 * <p>{@code AlertFeed} reads them and keeps its place, {@code Delivery} decides and tries again, an
 * {@code AlertChannel} carries them.
 */
package io.nirvanastreams.app.alerts;
