/** What an operator's tools ask a running component: whether it is well, and its metrics. */
package io.nirvanastreams.app.management;
