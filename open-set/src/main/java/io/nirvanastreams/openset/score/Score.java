package io.nirvanastreams.openset.score;

/**
 * How much an image looks like the known classes: the higher, the more known.
 *
 * <p>Only the order of scores of one score function means something; scales differ between
 * functions. Implementations are immutable and safe for use by any thread, and give the same bits
 * for the same evidence.
 */
public interface Score {

  /** The name under which {@link Scores} finds it. */
  String name();

  /** The score of one image. */
  double of(Evidence evidence);
}
