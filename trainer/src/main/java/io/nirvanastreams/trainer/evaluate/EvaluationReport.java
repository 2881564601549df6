package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.ConfusionMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model with its calibration is worth on images it has not seen. Immutable.
 *
 * @param knownImages of the model's classes
 * @param unknownImages of other classes
 * @param accuracy share of the known images nearest to their own vertex, before any rejection
 * @param score the decision rests on
 * @param scores measures of every score
 * @param alpha share of known images that the calibration allows to be answered unknown
 * @param falseUnknown the share that was
 * @param falseUnknownBound what the promise, the calibration's size and the sample explain at most
 * @param knownRight share of the known images answered by their own name
 * @param unknownDetected share of the unknown images answered as unknown
 * @param macroF1 mean over the classes and the unknown
 * @param classes one entry a class, known first
 * @param confusion answers by class; the last answer is "unknown"
 */
public record EvaluationReport(
    long knownImages,
    long unknownImages,
    double accuracy,
    String score,
    Map<String, ScoreMeasures> scores,
    double alpha,
    double falseUnknown,
    double falseUnknownBound,
    double knownRight,
    double unknownDetected,
    double macroF1,
    List<ClassMeasures> classes,
    ConfusionMatrix confusion) {

  /** Copies the collections; the order of the scores is kept. */
  public EvaluationReport {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    classes = List.copyOf(classes);
  }

  /** Whether the realised false-unknown rate is within what the promise explains. */
  public boolean withinPromise() {
    return falseUnknown <= falseUnknownBound;
  }

  /** AUROC of the score the decision rests on. */
  public double auroc() {
    return scores.get(score).auroc();
  }

  /** The report as a table for a terminal or a mail. */
  public String toText() {
    return ReportText.of(this);
  }

  /** The report as JSON; what cannot be measured is null. */
  public String toJson() {
    return ReportJson.of(this);
  }

  /**
   * Writes {@code report.txt}, {@code report.json} and {@code confusion.png}.
   *
   * @param folder made when it does not exist
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.txt"), toText());
    Files.writeString(folder.resolve("report.json"), toJson());
    ConfusionPicture.write(confusion, folder.resolve("confusion.png"));
  }
}
