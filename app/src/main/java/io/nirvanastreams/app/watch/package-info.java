/** Decides by rules which version is live. */
package io.nirvanastreams.app.watch;
