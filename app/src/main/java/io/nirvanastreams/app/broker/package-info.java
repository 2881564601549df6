/**
 * A Kafka cluster and a schema registry inside this process, on loopback, for the demo, for tests
 * and for one machine.
 */
package io.nirvanastreams.app.broker;
