/** The console's Kafka clients: consumers that fill its view, and a producer for labels. */
package io.nirvanastreams.app.console.feed;
