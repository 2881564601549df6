/**
 * The pure core of open-set recognition: mathematics only, with no dependency at run time.
 *
 * <p>Source of the method: Cevikalp, Saribas, Uzun, "Reaching Nirvana: Maximizing the Margin in
 * Both Euclidean and Angular Spaces for Deep Neural Network Classification", IEEE TNNLS 36(5),
 * 2025.
 */
package io.nirvanastreams.openset;
