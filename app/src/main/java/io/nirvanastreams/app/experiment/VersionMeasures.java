package io.nirvanastreams.app.experiment;

import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a version is worth on images that it was not trained on. Immutable.
 *
 * @param validation shares of the images that settings may be chosen by
 * @param test shares of the test images
 * @param raw AUROC of classes not known yet by the distance to the nearest vertex; NaN without any
 * @param chosen the same by the score that decisions rest on
 * @param seconds that training and measuring took
 */
record VersionMeasures(
    ClassShares validation, ClassShares test, double raw, double chosen, double seconds) {
  private static final String RAW = "raw";

  static VersionMeasures of(
      ClassShares validation, ClassShares test, EvaluationReport report, double seconds) {
    return new VersionMeasures(
        validation, test, report.scored().get(RAW).measures().auroc(), report.auroc(), seconds);
  }

  /** By name, as columns of a file. */
  Map<String, Double> byName() {
    Map<String, Double> all = new LinkedHashMap<>();
    test.byName().forEach((name, share) -> all.put(name, share));
    all.put("auroc raw", raw);
    all.put("auroc chosen", chosen);
    validation.byName().forEach((name, share) -> all.put("validation " + name, share));
    all.put("seconds", seconds);
    return all;
  }
}
