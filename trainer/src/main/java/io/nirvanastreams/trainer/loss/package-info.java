/**
 * The losses of the method, one a file: the pull to fixed simplex vertices in its forms (default,
 * hinge, softmax, mics), the open-set loss with background images, and one with learned centres to
 * compare with (Cevikalp, Saribas, Uzun, section III, and the programs published with it).
 */
package io.nirvanastreams.trainer.loss;
