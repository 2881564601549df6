package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.ConfusionMatrix;
import io.nirvanastreams.openset.measure.RateCurve;
import io.nirvanastreams.trainer.evaluate.picture.ConfusionPicture;
import io.nirvanastreams.trainer.evaluate.picture.RatePicture;
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
 * @param scored what every score gave the images, by its name
 * @param alpha share of known images that the calibration allows to be answered unknown
 * @param falseUnknown the share that was
 * @param falseUnknownBound what the promise, the calibration's size and the sample explain at most
 * @param knownRight share of the known images answered by their own name
 * @param unknownDetected share of the unknown images answered as unknown
 * @param macroF1 mean over the classes and the unknown
 * @param classes one entry a class, known first
 * @param confusion answers by class; the last answer is "unknown"
 * @param pictures what else is drawn
 */
public record EvaluationReport(
    long knownImages,
    long unknownImages,
    double accuracy,
    String score,
    Map<String, ScoredImages> scored,
    double alpha,
    double falseUnknown,
    double falseUnknownBound,
    double knownRight,
    double unknownDetected,
    double macroF1,
    List<ClassMeasures> classes,
    ConfusionMatrix confusion,
    EvaluationPictures pictures) {

  /** Copies the collections; the order of the scores is kept. */
  public EvaluationReport {
    scored = Collections.unmodifiableMap(new LinkedHashMap<>(scored));
    classes = List.copyOf(classes);
  }

  /** Measures of every score, in the order of their names. */
  public Map<String, ScoreMeasures> scores() {
    Map<String, ScoreMeasures> measures = new LinkedHashMap<>();
    scored.forEach((name, images) -> measures.put(name, images.measures()));
    return measures;
  }

  /** Whether the realised false-unknown rate is within what the promise explains. */
  public boolean withinPromise() {
    return falseUnknown <= falseUnknownBound;
  }

  /** AUROC of the score the decision rests on. */
  public double auroc() {
    return scored.get(score).measures().auroc();
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
   * Writes {@code report.txt}, {@code report.json}, and pictures with a CSV file beside each:
   * {@code confusion}, {@code reliability} and {@code distances}; with unknown images {@code roc}
   * and {@code oscr}; with features of two values {@code embedding}.
   *
   * @param folder made when it does not exist
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.txt"), toText());
    Files.writeString(folder.resolve("report.json"), toJson());
    new ConfusionPicture(confusion).write(folder, "confusion");
    pictures.write(folder);
    if (unknownImages > 0) {
      Map<String, RateCurve> roc = new LinkedHashMap<>();
      Map<String, RateCurve> oscr = new LinkedHashMap<>();
      scored.forEach((name, images) -> roc.put(name, images.roc()));
      scored.forEach((name, images) -> oscr.put(name, images.oscr()));
      RatePicture.roc(roc).write(folder, "roc");
      RatePicture.oscr(oscr).write(folder, "oscr");
    }
  }
}
