/** Candidates that look at images beside the live model, and answer none. */
package io.nirvanastreams.processor.shadow;
