package io.nirvanastreams.trainer.rule;

import java.util.ArrayList;
import java.util.List;

/** Whether the version before becomes live again. Immutable; safe from any thread. */
public final class LiveRule {
  private final RuleSettings settings;

  /** A rule with these bounds. */
  public LiveRule(RuleSettings settings) {
    this.settings = settings;
  }

  /**
   * Judges the live version.
   *
   * @param answers what it answered since its answers were judged
   * @param labels what it answered, and people labelled, since its labels were judged
   * @param refusals instances that cannot answer with it, and why
   */
  public Verdict judge(LiveCounts answers, LiveCounts labels, List<String> refusals) {
    List<String> broken = new ArrayList<>();
    if (!refusals.isEmpty()) {
      broken.add("refused by " + String.join(", ", refusals));
    }
    if (judgesAnswers(answers)) {
      UnknownBand band = UnknownBand.of(answers.alpha(), settings.unknownShare(), answers.images());
      if (!band.holds(answers.unknownRate())) {
        broken.add(
            CandidateRule.outside(answers.unknownRate(), band)
                + " over "
                + answers.images()
                + " images");
      }
    }
    if (judgesLabels(labels) && labels.accuracy() < settings.minimumAccuracy()) {
      broken.add(
          CandidateRule.text(
              "accuracy %.3f below %.3f on %d labels",
              labels.accuracy(), settings.minimumAccuracy(), labels.labelled()));
    }
    if (!broken.isEmpty()) {
      return new Verdict.RollBack(String.join("; ", broken));
    }
    return new Verdict.Wait(
        judgesAnswers(answers)
            ? CandidateRule.text(
                "unknown rate %.3f over %d images", answers.unknownRate(), answers.images())
            : "%d of %d images".formatted(answers.images(), settings.minimumImages()));
  }

  /** Whether there are answers enough to judge by; the next window begins then. */
  public boolean judgesAnswers(LiveCounts answers) {
    return answers.images() >= settings.minimumImages();
  }

  /** Whether there are labels enough to judge by; the next window begins then. */
  public boolean judgesLabels(LiveCounts labels) {
    return labels.labelled() >= settings.minimumLabels();
  }
}
