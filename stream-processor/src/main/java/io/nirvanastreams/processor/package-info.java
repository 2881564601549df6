/**
 * The stream processor: images in, one answer each out, unknowns grouped, models swapped while it
 * runs. {@link io.nirvanastreams.processor.StreamProcessor} is the way in.
 */
package io.nirvanastreams.processor;
