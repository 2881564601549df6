/**
 * Answers stored images again, through the scheduler and the decisions of the stream, and touches
 * nothing that the stream works with: no group, no offsets, no transaction.
 */
package io.nirvanastreams.processor.replay;
