/**
 * Publication of model versions: weights to the blob store, then centres, calibration, and the
 * manifest last; promotion and rollback; events that say what happened.
 */
package io.nirvanastreams.trainer.publish;
