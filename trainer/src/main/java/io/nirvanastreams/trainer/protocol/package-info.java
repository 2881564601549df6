/** The protocols of published experiments: which classes were known, which were not. */
package io.nirvanastreams.trainer.protocol;
