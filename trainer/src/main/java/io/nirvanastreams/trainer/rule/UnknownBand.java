package io.nirvanastreams.trainer.rule;

/**
 * Where the rate of answers UNKNOWN lies while a calibration holds. Of the images of known classes
 * a share alpha is unknown, of the truly unknown ones between none and all: with at most a share u
 * of these the rate lies between alpha (1 - u) and alpha (1 - u) + u. The lower end is halved,
 * since stream images may be easier than those that it was calibrated on, and both are moved out by
 * three standard errors of a rate that was counted on so many images. Immutable.
 *
 * @param low lowest rate
 * @param high highest rate
 */
public record UnknownBand(double low, double high) {
  private static final double STANDARD_ERRORS = 3;
  private static final double EASIER = 0.5;

  /** The band of a calibration, for a rate counted on so many images. */
  public static UnknownBand of(double alpha, double unknownShare, long images) {
    double low = EASIER * alpha * (1 - unknownShare);
    double high = alpha * (1 - unknownShare) + unknownShare;
    return new UnknownBand(
        Math.max(0, low - STANDARD_ERRORS * error(low, images)),
        Math.min(1, high + STANDARD_ERRORS * error(high, images)));
  }

  /** Whether a rate lies within. */
  public boolean holds(double rate) {
    return rate >= low && rate <= high;
  }

  private static double error(double rate, long images) {
    return Math.sqrt(rate * (1 - rate) / images);
  }
}
