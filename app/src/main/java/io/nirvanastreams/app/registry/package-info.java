/**
 * A schema registry with the part of Confluent's HTTP API that its client uses, kept in a compacted
 * topic.
 */
package io.nirvanastreams.app.registry;
