/** The {@code nirvana} command; its main class only wires. */
package io.nirvanastreams.app;
