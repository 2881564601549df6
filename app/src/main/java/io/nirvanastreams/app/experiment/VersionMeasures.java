package io.nirvanastreams.app.experiment;

import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a version is worth on images that it has not seen; shares from 0 to 1. Immutable.
 *
 * @param validationOld share of the old classes' validation images that are right, for choices
 * @param first share of the first version's classes that is right
 * @param old share of the classes before the one added that is right
 * @param oldAmongOld the same when the new class may not be answered: what was forgotten, without
 *     what is now taken for the new class
 * @param all share of all known images that is right
 * @param added recall of the class added; NaN for the first version
 * @param raw AUROC of classes not known yet by the distance to the nearest vertex; NaN without any
 * @param chosen the same by the score that decisions rest on
 * @param seconds that training and measuring took
 */
record VersionMeasures(
    double validationOld,
    double first,
    double old,
    double oldAmongOld,
    double all,
    double added,
    double raw,
    double chosen,
    double seconds) {

  private static final String RAW = "raw";

  /**
   * Counts.
   *
   * @param firstClasses how many classes the first version had
   * @param oldClasses how many the version before had
   * @param classes how many this one has
   */
  static VersionMeasures of(
      NearestVertices validation,
      NearestVertices test,
      EvaluationReport report,
      int firstClasses,
      int oldClasses,
      int classes,
      double seconds) {
    return new VersionMeasures(
        validation.accuracy(0, oldClasses, classes),
        test.accuracy(0, firstClasses, classes),
        test.accuracy(0, oldClasses, classes),
        test.accuracy(0, oldClasses, oldClasses),
        test.accuracy(0, classes, classes),
        test.accuracy(oldClasses, classes, classes),
        report.scored().get(RAW).measures().auroc(),
        report.auroc(),
        seconds);
  }

  /** By name, in the order of the table. */
  Map<String, Double> byName() {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("validation old", validationOld);
    all.put("first", first);
    all.put("old", old);
    all.put("old among old", oldAmongOld);
    all.put("all", this.all);
    all.put("added", added);
    all.put("auroc raw", raw);
    all.put("auroc chosen", chosen);
    all.put("seconds", seconds);
    return all;
  }
}
