/**
 * Micro-batches formed at poll: whatever a consumer polled is submitted to the instance's one
 * scheduler before the topology sees it, so that nothing waits in the topology when offsets are
 * committed.
 */
package io.nirvanastreams.processor.batch;
