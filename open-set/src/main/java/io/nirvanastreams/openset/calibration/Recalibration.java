package io.nirvanastreams.openset.calibration;

import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.openset.parameter.FittedParameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Makes another calibration for the same weights from answers that people confirmed or corrected.
 *
 * <p>Calibration images must be a fair sample of the known images of the stream, and labels are
 * not: people look at what was answered unknown. So of the answers known and the answers unknown of
 * a predicted class, the part that was labelled more densely is thinned to the density of the
 * other; what remains is a sample of the stream as if each answer had had the same chance. Which
 * are left out depends on their ids alone. The assumption that stays: within answers of one kind
 * and class, what people label does not depend on the score.
 *
 * <p>Score, fitted parameters and stored references stay; the p-values change. Stateless.
 */
public final class Recalibration {
  private Recalibration() {}

  /**
   * Answers of one predicted class since the model answers, labelled or not.
   *
   * @param known answers known
   * @param unknown answers unknown
   */
  public record Answers(long known, long unknown) {}

  /**
   * The calibration.
   *
   * @param version of the new calibration
   * @param alpha its target
   * @param before the calibration that the answers were given with
   * @param answers of each class, in vertex order
   * @param confirmed answers with labels, any order
   * @param keepShort whether a class that has too few keeps its scores; otherwise it is an error
   * @throws IllegalArgumentException when a class has too few images for alpha, which needs 1/alpha
   *     - 1, or alpha is out of range
   */
  public static OpenSetCalibration of(
      String version,
      double alpha,
      OpenSetCalibration before,
      List<Answers> answers,
      List<ConfirmedAnswer> confirmed,
      boolean keepShort) {
    int needed = needed(alpha);
    List<double[]> scores = new ArrayList<>();
    List<double[]> correct = new ArrayList<>();
    List<String> tooFew = new ArrayList<>();
    for (int c = 0; c < before.classes().size(); c++) {
      int nearest = c;
      ClassCalibration former = before.classes().get(c);
      List<ConfirmedAnswer> fair =
          fair(answers.get(c), confirmed.stream().filter(one -> one.nearest() == nearest).toList());
      double[] own = scores(fair);
      if (own.length < needed) {
        tooFew.add(former.label() + " has " + own.length);
      }
      boolean kept = own.length < needed;
      scores.add(kept ? former.scores() : own);
      correct.add(
          kept
              ? former.scores()
              : scores(fair.stream().filter(one -> one.label() == nearest).toList()));
    }
    if (!tooFew.isEmpty() && (!keepShort || tooFew.size() == scores.size())) {
      throw new IllegalArgumentException(
          "too few confirmed images: alpha "
              + alpha
              + " needs "
              + needed
              + " of each class that count as a fair sample, "
              + String.join(", ", tooFew)
              + "; label more images, known ones too, or take a larger alpha");
    }
    FittedParameters fitted =
        before
            .fitted()
            .with(DecisionRules.fit(before.method(), scores, correct, before.scoreParameters()));
    List<ClassCalibration> classes = new ArrayList<>();
    for (int c = 0; c < scores.size(); c++) {
      ClassCalibration former = before.classes().get(c);
      classes.add(new ClassCalibration(former.label(), scores.get(c), former.references()));
    }
    // A calibration that no classifier can be built from must not be published.
    DecisionRules.byName(before.method(), alpha, scores, fitted);
    return new OpenSetCalibration(
        version, alpha, before.method(), before.score(), before.scoreParameters(), classes, fitted);
  }

  /**
   * Images that a class needs so that its smallest possible p-value, 1/(n+1), is below alpha.
   *
   * @throws IllegalArgumentException when alpha is out of range
   */
  public static int needed(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must lie between 0 and 1, was " + alpha);
    }
    int n = (int) Math.max(1, Math.floor(1 / alpha) - 2);
    while (1.0 / (n + 1) >= alpha) {
      n++;
    }
    return n;
  }

  /** A sample of the class's answers in which known and unknown ones are equally dense. */
  private static List<ConfirmedAnswer> fair(Answers answers, List<ConfirmedAnswer> confirmed) {
    List<ConfirmedAnswer> known = confirmed.stream().filter(one -> !one.unknown()).toList();
    List<ConfirmedAnswer> unknown = confirmed.stream().filter(ConfirmedAnswer::unknown).toList();
    double density = Math.min(density(known, answers.known()), density(unknown, answers.unknown()));
    List<ConfirmedAnswer> fair = new ArrayList<>(thinned(known, density * answers.known()));
    fair.addAll(thinned(unknown, density * answers.unknown()));
    return fair.stream().filter(ConfirmedAnswer::ofKnownClass).toList();
  }

  /** Nothing to sample is sampled well enough. */
  private static double density(List<ConfirmedAnswer> labelled, long answers) {
    return answers == 0 ? 1 : Math.min(1, (double) labelled.size() / answers);
  }

  private static List<ConfirmedAnswer> thinned(List<ConfirmedAnswer> labelled, double count) {
    return labelled.stream()
        .sorted(Comparator.comparingLong(Recalibration::place).thenComparing(ConfirmedAnswer::id))
        .limit(Math.round(count))
        .toList();
  }

  private static long place(ConfirmedAnswer answer) {
    CRC32 crc = new CRC32();
    crc.update(answer.id().getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private static double[] scores(List<ConfirmedAnswer> answers) {
    return answers.stream().mapToDouble(ConfirmedAnswer::score).sorted().toArray();
  }
}
