/** The console over HTTP on loopback: the page, its data, its events, and labels. */
package io.nirvanastreams.app.console.http;
