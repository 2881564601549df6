package io.nirvanastreams.trainer.rule;

/**
 * What the live version answered in a while, and what people said of it. Immutable.
 *
 * @param alpha target of its calibration
 * @param known answers known
 * @param unknown answers unknown
 * @param labelledKnown answers known that were sampled and labelled
 * @param rightKnown of these, of a class of the model
 * @param labelledUnknown answers unknown that were labelled
 * @param rightUnknown of these, of no class of the model
 */
public record LiveCounts(
    double alpha,
    long known,
    long unknown,
    long labelledKnown,
    long rightKnown,
    long labelledUnknown,
    long rightUnknown) {
  /** Nothing counted. */
  public static final LiveCounts NONE = new LiveCounts(0, 0, 0, 0, 0, 0, 0);

  /** What came since an earlier count. */
  public LiveCounts since(LiveCounts earlier) {
    return new LiveCounts(
        alpha,
        known - earlier.known,
        unknown - earlier.unknown,
        labelledKnown - earlier.labelledKnown,
        rightKnown - earlier.rightKnown,
        labelledUnknown - earlier.labelledUnknown,
        rightUnknown - earlier.rightUnknown);
  }

  /** Answers. */
  public long images() {
    return known + unknown;
  }

  /** Labelled answers. */
  public long labelled() {
    return labelledKnown + labelledUnknown;
  }

  /** Share of answers unknown. */
  public double unknownRate() {
    return (double) unknown / images();
  }

  /**
   * Share of answers where known or unknown was right: of a stratum without labels it is not known,
   * and it counts for nothing. Weighted by the answers, since unknown ones are labelled more often.
   */
  public double accuracy() {
    double right = 0;
    double all = 0;
    if (labelledKnown > 0) {
      right += (double) known * rightKnown / labelledKnown;
      all += known;
    }
    if (labelledUnknown > 0) {
      right += (double) unknown * rightUnknown / labelledUnknown;
      all += unknown;
    }
    return right / all;
  }
}
