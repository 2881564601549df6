/** HTTP servers that only this machine can reach. */
package io.nirvanastreams.app.loopback;
