/** What each component may do on a cluster, and what a cluster's refusals say to people. */
package io.nirvanastreams.app.security;
