package io.nirvanastreams.trainer.build;

import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.records.Probe;
import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import io.nirvanastreams.trainer.train.TrainedModel;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained model with everything that publication needs. Immutable.
 *
 * @param model the result of the training
 * @param artifact the model on disk
 * @param calibration how its scores become decisions
 * @param probe inputs with the features it gives
 * @param report what it is worth on images that neither trained nor calibrated it
 * @param trainingImages images it was trained on
 */
public record BuiltModel(
    TrainedModel model,
    ModelArtifact artifact,
    OpenSetCalibration calibration,
    Probe probe,
    EvaluationReport report,
    int trainingImages) {

  /** The measures that go into the manifest, by name. */
  public Map<String, Double> measures() {
    Map<String, Double> measures = new TreeMap<>();
    measures.put("accuracy", report.accuracy());
    measures.put("known-right", report.knownRight());
    measures.put("false-unknown", report.falseUnknown());
    if (report.unknownImages() > 0) {
      measures.put("auroc", report.auroc());
      measures.put("unknown-detected", report.unknownDetected());
    }
    return measures;
  }
}
