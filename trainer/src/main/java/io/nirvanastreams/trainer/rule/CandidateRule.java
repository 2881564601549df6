package io.nirvanastreams.trainer.rule;

import io.nirvanastreams.records.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a shadow becomes live. Immutable; safe from any thread. */
public final class CandidateRule {
  private final RuleSettings settings;

  /** A rule with these bounds. */
  public CandidateRule(RuleSettings settings) {
    this.settings = settings;
  }

  /**
   * Judges a shadow by what it said beside the version that is live now: promoted when it keeps
   * every bound, rejected when it breaks one.
   */
  public Verdict judge(Comparison seen) {
    if (seen.images() < settings.minimumImages()) {
      return new Verdict.Wait("%d of %d images".formatted(seen.images(), settings.minimumImages()));
    }
    UnknownBand band =
        UnknownBand.of(seen.candidateAlpha(), settings.unknownShare(), seen.images());
    List<String> broken = new ArrayList<>();
    if (seen.agreement() < settings.minimumAgreement()) {
      broken.add(text("agreement %.3f below %.3f", seen.agreement(), settings.minimumAgreement()));
    }
    if (!band.holds(seen.candidateUnknownRate())) {
      broken.add(outside(seen.candidateUnknownRate(), band));
    }
    if (labelled(seen)
        && seen.candidateAccuracy() < seen.liveAccuracy() - settings.accuracyLoss()) {
      broken.add(
          text(
              "accuracy %.3f on %d labels, the live version's is %.3f",
              seen.candidateAccuracy(), seen.labelled(), seen.liveAccuracy()));
    }
    if (seen.latencyRatio() > settings.latencyRatio()) {
      broken.add(
          text(
              "%.2f times the live version's time, above %.2f",
              seen.latencyRatio(), settings.latencyRatio()));
    }
    if (seen.failed() > 0) {
      broken.add("failed on " + seen.failed() + " images");
    }
    return broken.isEmpty()
        ? new Verdict.Promote(kept(seen))
        : new Verdict.Reject(
            String.join("; ", broken) + " over " + seen.images() + " images in shadow");
  }

  private String kept(Comparison seen) {
    String accuracy =
        labelled(seen)
            ? text(
                "accuracy %.3f against %.3f on %d labels",
                seen.candidateAccuracy(), seen.liveAccuracy(), seen.labelled())
            : text("%d labels, too few to judge", seen.labelled());
    return text(
        "agreement %.3f, unknown rate %.3f, %s, %.2f times the live version's time over %d images"
            + " in shadow",
        seen.agreement(),
        seen.candidateUnknownRate(),
        accuracy,
        seen.latencyRatio(),
        seen.images());
  }

  private boolean labelled(Comparison seen) {
    return seen.labelled() >= settings.minimumLabels();
  }

  static String outside(double rate, UnknownBand band) {
    return text(
        "unknown rate %.3f outside its calibrated band %.3f to %.3f",
        rate, band.low(), band.high());
  }

  static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
