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
 * @param validation what it is worth on the validation images, which chose the epoch and calibrated
 *     nothing
 * @param trainingImages images it was trained on
 */
public record BuiltModel(
    TrainedModel model,
    ModelArtifact artifact,
    OpenSetCalibration calibration,
    Probe probe,
    EvaluationReport validation,
    int trainingImages) {

  /** The measures that go into the manifest, by name. */
  public Map<String, Double> measures() {
    Map<String, Double> measures = new TreeMap<>();
    measures.put("accuracy", validation.accuracy());
    measures.put("known-right", validation.knownRight());
    measures.put("false-unknown", validation.falseUnknown());
    measures.put("training-seconds", model.seconds());
    return measures;
  }
}
