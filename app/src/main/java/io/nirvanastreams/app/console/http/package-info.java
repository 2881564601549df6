/** The console over HTTP: the page, its data, its events, and what people decide. */
package io.nirvanastreams.app.console.http;
