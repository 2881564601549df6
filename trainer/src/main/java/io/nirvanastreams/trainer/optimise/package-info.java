/** Stochastic gradient descent with momentum as torch defines it, and the cosine schedule. */
package io.nirvanastreams.trainer.optimise;
