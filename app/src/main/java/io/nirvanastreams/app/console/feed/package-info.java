/** Kafka as the console sees it: what fills its view, and where decisions are written. */
package io.nirvanastreams.app.console.feed;
