/** What the last images of one track agree on, beside the answer for each of them. */
package io.nirvanastreams.processor.consensus;
