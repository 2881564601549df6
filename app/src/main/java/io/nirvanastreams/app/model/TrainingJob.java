package io.nirvanastreams.app.model;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.CalibrationFit;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import io.nirvanastreams.trainer.evaluate.Evaluator;
import io.nirvanastreams.trainer.evaluate.Features;
import io.nirvanastreams.trainer.evaluate.ScoreChoice;
import io.nirvanastreams.trainer.publish.Probes;
import io.nirvanastreams.trainer.publish.Provenances;
import io.nirvanastreams.trainer.train.TrainedModel;
import io.nirvanastreams.trainer.train.Trainer;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** Makes a model folder out of a data set: train, calibrate, evaluate, write. Stateless. */
public final class TrainingJob {
  private TrainingJob() {}

  /**
   * The outcome.
   *
   * @param folder the model as written
   * @param report what it is worth
   */
  public record Result(ModelFolder folder, EvaluationReport report) {}

  /**
   * Runs to the end on the calling thread.
   *
   * @param task trains on {@code data}'s parts
   * @param alpha share of known images that may be answered unknown
   * @param score that decisions rest on
   * @param out gets the model, its report and the confusion picture
   */
  public static Result run(
      TrainingTask task, TrainingData data, double alpha, ScoreChoice score, Path out, Clock clock)
      throws IOException, BadModelException {
    TrainedModel model = Trainer.train(task);
    ModelArtifact artifact =
        ModelArtifacts.write(ModelFolder.artifacts(out), model.spec(), model.weights());
    CalibrationSettings settings = CalibrationSettings.conformal(alpha, score, task.seed());
    try (Embedder embedder = Embedder.load(artifact, new EmbedderOptions(task.device(), 0))) {
      // Only what can become a reference is embedded, instead of all that was trained on.
      ImageSet candidates =
          data.parts().train().atMostPerClass(settings.referencesPerClass(), task.seed());
      OpenSetCalibration calibration =
          CalibrationFit.fit(
              settings,
              "c" + task.version(),
              model.spec().centres(),
              features(embedder, candidates),
              features(embedder, data.parts().calibration()));
      EvaluationReport report = evaluate(embedder, calibration, data);
      ModelFolder folder =
          new ModelFolder(
              artifact,
              calibration,
              Probes.of(embedder, data.parts().train(), Probes.DEFAULT_COUNT),
              Provenances.of(model, data.parts().train().size(), clock),
              measures(report));
      folder.write(out);
      report.write(out);
      return new Result(folder, report);
    }
  }

  /** What a model is worth on the test images of a data set. */
  public static EvaluationReport evaluate(
      Embedder embedder, OpenSetCalibration calibration, TrainingData data) {
    return Evaluator.evaluate(
        embedder.spec().centres(),
        calibration,
        features(embedder, data.testKnown()),
        features(embedder, data.testUnknown()));
  }

  private static Features features(Embedder embedder, ImageSet images) {
    return images.size() == 0
        ? new Features(images.classes(), new float[0][], new float[0][], new int[0])
        : Features.of(embedder, images);
  }

  private static Map<String, Double> measures(EvaluationReport report) {
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
