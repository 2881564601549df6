package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.calibration.AlarmBound;
import io.nirvanastreams.openset.calibration.Judgement;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.calibration.OpenSetClassifier;
import io.nirvanastreams.openset.decision.Decision;
import io.nirvanastreams.openset.measure.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Measures a model with its calibration on images it has not seen. Stateless. */
public final class Evaluator {
  /** Name of the answer and of the row of images of no class. */
  public static final String UNKNOWN = "unknown";

  private static final double CONFIDENCE = 0.999;

  private Evaluator() {}

  /** Measures without training images: scores that would have to be fitted anew are left out. */
  public static EvaluationReport evaluate(
      float[][] centres, OpenSetCalibration calibration, Features known, Features unknown) {
    return evaluate(centres, calibration, Features.none(known.classes()), known, unknown);
  }

  /**
   * Measures.
   *
   * @param centres of the classes, in vertex order
   * @param train training images that scores other than the calibration's are fitted to
   * @param known test images of the model's classes, labelled in vertex order
   * @param unknown test images of other classes; may be empty
   * @throws IllegalArgumentException without known images, or when their classes are not the
   *     calibration's
   */
  public static EvaluationReport evaluate(
      float[][] centres,
      OpenSetCalibration calibration,
      Features train,
      Features known,
      Features unknown) {
    if (!known.classes().equals(calibration.labels()) || known.size() == 0) {
      throw new IllegalArgumentException(
          "The test has %d images of %s, the calibration is of %s"
              .formatted(known.size(), known.classes(), calibration.labels()));
    }
    OpenSetClassifier classifier = new OpenSetClassifier(centres, calibration);
    List<Judgement> knownAnswers = judge(classifier, known);
    List<Judgement> unknownAnswers = judge(classifier, unknown);
    ConfusionMatrix confusion =
        confusion(calibration.labels(), known, knownAnswers, unknownAnswers);
    int classes = calibration.classes().size();
    long wrongly = IntStream.range(0, classes).mapToLong(c -> confusion.count(c, classes)).sum();
    long right = IntStream.range(0, classes).mapToLong(c -> confusion.count(c, c)).sum();
    return new EvaluationReport(
        known.size(),
        unknown.size(),
        accuracy(known, knownAnswers),
        calibration.score(),
        ScoreSet.of(centres, calibration, train).score(known, unknown),
        calibration.alpha(),
        (double) wrongly / known.size(),
        bound(calibration, knownAnswers),
        (double) right / known.size(),
        unknown.size() == 0 ? Double.NaN : confusion.recall(classes),
        confusion.macroF1(),
        perClass(confusion, known, unknown, unknownAnswers),
        confusion,
        new EvaluationPictures(
            centres,
            known.points(),
            unknown.points(),
            Reliability.of(calibration, knownAnswers, CONFIDENCE)));
  }

  private static List<Judgement> judge(OpenSetClassifier classifier, Features images) {
    return IntStream.range(0, images.size())
        .mapToObj(i -> classifier.judge(images.features()[i], images.representations()[i]))
        .toList();
  }

  private static double accuracy(Features known, List<Judgement> answers) {
    long right =
        IntStream.range(0, known.size())
            .filter(i -> answers.get(i).evidence().nearest() == known.labels()[i])
            .count();
    return (double) right / known.size();
  }

  private static ConfusionMatrix confusion(
      List<String> labels, Features known, List<Judgement> answers, List<Judgement> unknown) {
    List<String> names = new ArrayList<>(labels);
    names.add(UNKNOWN);
    ConfusionMatrix confusion = new ConfusionMatrix(names);
    for (int i = 0; i < answers.size(); i++) {
      confusion.add(known.labels()[i], column(answers.get(i), labels.size()));
    }
    unknown.forEach(answer -> confusion.add(labels.size(), column(answer, labels.size())));
    return confusion;
  }

  private static int column(Judgement answer, int unknown) {
    return answer.decision() instanceof Decision.Known decision ? decision.classIndex() : unknown;
  }

  private static List<ClassMeasures> perClass(
      ConfusionMatrix confusion, Features known, Features unknown, List<Judgement> answers) {
    List<ClassMeasures> measures = new ArrayList<>();
    int classes = known.classes().size();
    for (int c = 0; c < classes; c++) {
      long images = 0;
      for (int answer = 0; answer <= classes; answer++) {
        images += confusion.count(c, answer);
      }
      double rejected = images == 0 ? 0 : (double) confusion.count(c, classes) / images;
      measures.add(
          new ClassMeasures(known.classes().get(c), true, images, confusion.recall(c), rejected));
    }
    for (int c = 0; c < unknown.classes().size(); c++) {
      int label = c;
      int[] indices =
          IntStream.range(0, unknown.size()).filter(i -> unknown.labels()[i] == label).toArray();
      long found =
          IntStream.of(indices).filter(i -> column(answers.get(i), classes) == classes).count();
      if (indices.length > 0) {
        double share = (double) found / indices.length;
        measures.add(
            new ClassMeasures(unknown.classes().get(c), false, indices.length, share, share));
      }
    }
    return measures;
  }

  /** What the promise allows to be measured; NaN when the method promises nothing. */
  private static double bound(OpenSetCalibration calibration, List<Judgement> answers) {
    long[] predicted = new long[calibration.classes().size()];
    answers.forEach(answer -> predicted[answer.evidence().nearest()]++);
    return AlarmBound.of(calibration, predicted, CONFIDENCE);
  }
}
