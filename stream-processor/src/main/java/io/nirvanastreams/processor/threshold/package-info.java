/** Targets of single sources and classes, changed while the stream runs. */
package io.nirvanastreams.processor.threshold;
