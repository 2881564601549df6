package io.nirvanastreams.app.recalibrate;

import io.nirvanastreams.openset.calibration.ConfirmedAnswer;
import io.nirvanastreams.openset.calibration.FalseUnknownRate;
import io.nirvanastreams.openset.calibration.FalseUnknownRate.Stratum;
import io.nirvanastreams.openset.calibration.Recalibration.Answers;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Counts the answers of one model version and keeps those that people said something of. Its memory
 * grows with the labels alone. For one thread.
 */
final class AnswerSurvey {
  private final ModelVersion version;
  private final Map<String, String> confirmations;
  private final List<String> classes;
  private final long[] known;
  private final long[] unknown;
  private final List<ConfirmedAnswer> confirmed = new ArrayList<>();
  // By the calibration in force and at its own target alone: known, unknown.
  private final long[] own = new long[2];
  private final long[] ownLabelled = new long[2];
  private final long[] ownOfClasses = new long[2];

  /**
   * Nothing seen yet.
   *
   * @param confirmations class names by event id
   */
  AnswerSurvey(ModelVersion version, Map<String, String> confirmations) {
    this.version = version;
    this.confirmations = confirmations;
    this.classes = version.spec().classes();
    this.known = new long[classes.size()];
    this.unknown = new long[classes.size()];
  }

  /** Takes an answer; those of other versions and scores are left out. */
  void see(Recognition answer) {
    if (answer.getOutcome() == Outcome.UNDECODABLE
        || answer.getNearest().isEmpty()
        || !answer.getModelName().equals(version.spec().name())
        || answer.getModelVersion() != version.spec().version()
        || !answer.getScoreName().equals(version.calibration().score())) {
      return;
    }
    int nearest = classes.indexOf(answer.getNearest().get(0).getLabel());
    if (nearest < 0) {
      return;
    }
    boolean refused = answer.getOutcome() == Outcome.UNKNOWN;
    (refused ? unknown : known)[nearest]++;
    String name = confirmations.get(answer.getEventId());
    if (answer.getOverrideId().isEmpty()
        && answer.getThresholdVersion().equals(version.calibration().version())) {
      int kind = refused ? 1 : 0;
      own[kind]++;
      ownLabelled[kind] += name == null ? 0 : 1;
      ownOfClasses[kind] += name != null && classes.contains(name) ? 1 : 0;
    }
    if (name != null) {
      confirmed.add(
          new ConfirmedAnswer(
              answer.getEventId(), nearest, answer.getScore(), refused, classes.indexOf(name)));
    }
  }

  /** Answers of each class, in vertex order. */
  List<Answers> answers() {
    List<Answers> answers = new ArrayList<>();
    for (int c = 0; c < known.length; c++) {
      answers.add(new Answers(known[c], unknown[c]));
    }
    return answers;
  }

  /** Answers with a label. */
  List<ConfirmedAnswer> confirmed() {
    return List.copyOf(confirmed);
  }

  /** What the labels say of the rate of false unknowns of the calibration in force. */
  FalseUnknownRate rate() {
    return FalseUnknownRate.of(stratum(0), stratum(1));
  }

  private Stratum stratum(int kind) {
    return new Stratum(own[kind], ownLabelled[kind], ownOfClasses[kind]);
  }
}
