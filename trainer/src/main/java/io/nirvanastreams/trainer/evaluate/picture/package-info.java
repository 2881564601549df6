/** Pictures of what an evaluation found, each with the numbers that it is drawn from beside it. */
package io.nirvanastreams.trainer.evaluate.picture;
