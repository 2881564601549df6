package io.nirvanastreams.openset.calibration;

/**
 * How often known images are answered unknown, from answers that people labelled.
 *
 * <p>Known and unknown answers are two strata, since people label the unknown ones far more often:
 * of U unknown answers a share u is of known classes, of K known answers a share k, and the rate is
 * Uu / (Uu + Kk). Without a labelled known answer k counts as 1, which can only make the rate too
 * low, as unknown images answered known are rare where alpha is small. The sampling error is by the
 * delta method with binomial shares (Cochran, "Sampling Techniques", 3rd edition, chapters 5 and
 * 6), with half an image added to both sides of a share so that none is called exact.
 *
 * @param rate 0..1; NaN when no unknown answer was labelled
 * @param error standard error of the rate; NaN with it
 * @param labelled answers that it rests on
 */
public record FalseUnknownRate(double rate, double error, long labelled) {

  /**
   * Labelled answers of one stratum.
   *
   * @param answers all answers of it
   * @param labelled those that people labelled
   * @param ofKnownClass of these, images of known classes
   */
  public record Stratum(long answers, long labelled, long ofKnownClass) {
    /** Checks the order of the counts. */
    public Stratum {
      if (ofKnownClass < 0 || labelled < ofKnownClass || answers < labelled) {
        throw new IllegalArgumentException(
            "%d answers, %d labelled, %d of them of known classes"
                .formatted(answers, labelled, ofKnownClass));
      }
    }

    private double share() {
      return (double) ofKnownClass / labelled;
    }

    private double shareVariance() {
      double smoothed = (ofKnownClass + 0.5) / (labelled + 1);
      double seen = (double) labelled / answers;
      return smoothed * (1 - smoothed) / labelled * (1 - seen);
    }
  }

  /** The estimate from the two strata. */
  public static FalseUnknownRate of(Stratum known, Stratum unknown) {
    long labelled = known.labelled() + unknown.labelled();
    if (unknown.answers() == 0 && known.answers() > 0) {
      return new FalseUnknownRate(0, 0, labelled);
    }
    if (unknown.labelled() == 0) {
      return new FalseUnknownRate(Double.NaN, Double.NaN, labelled);
    }
    boolean looked = known.labelled() > 0;
    double falseUnknown = unknown.answers() * unknown.share();
    double trueKnown = known.answers() * (looked ? known.share() : 1);
    double all = falseUnknown + trueKnown;
    if (all == 0) {
      return new FalseUnknownRate(Double.NaN, Double.NaN, labelled);
    }
    double byUnknown = trueKnown / (all * all) * unknown.answers();
    double byKnown = falseUnknown / (all * all) * known.answers();
    double variance =
        byUnknown * byUnknown * unknown.shareVariance()
            + (looked ? byKnown * byKnown * known.shareVariance() : 0);
    return new FalseUnknownRate(falseUnknown / all, Math.sqrt(variance), labelled);
  }
}
