/**
 * How weights move: optimisers as torch defines them, schedules of the learning rate, the clipping
 * of gradients and the averaging of weights.
 */
package io.nirvanastreams.trainer.optimise;
