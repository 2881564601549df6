/**
 * Further processes of this Java and this class path: brokers and processors that can be killed.
 */
package io.nirvanastreams.app.child;
