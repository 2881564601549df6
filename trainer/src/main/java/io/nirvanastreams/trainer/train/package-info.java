/**
 * The training loop: a task goes in, a trained model comes out; progress, curves and checkpoints
 * are listeners.
 */
package io.nirvanastreams.trainer.train;
