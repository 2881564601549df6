/** The rate of false unknowns as labels show it, to stand beside its target. */
package io.nirvanastreams.processor.gauge;
