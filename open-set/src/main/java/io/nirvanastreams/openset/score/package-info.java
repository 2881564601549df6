/** Scores that say how much an image looks like something the model was trained on. */
package io.nirvanastreams.openset.score;
