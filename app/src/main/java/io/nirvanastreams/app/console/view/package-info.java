/** What the console shows, as plain values: bounded, joined, and without Kafka or HTTP. */
package io.nirvanastreams.app.console.view;
