/**
 * The losses of the method: the pull to fixed simplex vertices, and the open-set loss with
 * background images (Cevikalp, Saribas, Uzun, section III).
 */
package io.nirvanastreams.trainer.loss;
