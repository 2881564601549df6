package io.nirvanastreams.app.model;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.trainer.build.BuiltModel;
import io.nirvanastreams.trainer.build.ModelBuilder;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import io.nirvanastreams.trainer.publish.Provenances;
import io.nirvanastreams.trainer.train.TrainedModel;
import io.nirvanastreams.trainer.train.Trainer;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Makes a model folder out of a data set: train, calibrate, evaluate, write. Stateless. */
public final class TrainingJob {
  private TrainingJob() {}

  /**
   * The outcome.
   *
   * @param folder the model as written
   * @param report what it is worth
   */
  public record Result(ModelFolder folder, EvaluationReport report) {

    /** Writes model and report where the artifact lies already, over what is there. */
    public void write(Path out) throws IOException {
      folder.write(out);
      report.write(out);
    }
  }

  /**
   * Runs to the end on the calling thread.
   *
   * @param task trains on {@code data}'s parts
   * @param settings how its scores become decisions
   * @param out gets the model, its report and the confusion picture
   */
  public static Result run(
      TrainingTask task, TrainingData data, CalibrationSettings settings, Path out, Clock clock)
      throws IOException, BadModelException {
    task.recipe().requireFixedCentres();
    return finish(Trainer.train(task), task, data, settings, out, clock);
  }

  /**
   * The same from a model that was trained already.
   *
   * @param model that the task gave, perhaps with another lead of its old classes
   */
  public static Result finish(
      TrainedModel model,
      TrainingTask task,
      TrainingData data,
      CalibrationSettings settings,
      Path out,
      Clock clock)
      throws IOException, BadModelException {
    BuiltModel built =
        ModelBuilder.build(
            model,
            task,
            settings,
            data.parts().calibration(),
            data.testKnown(),
            data.testUnknown(),
            ModelFolder.artifacts(out));
    ModelFolder folder =
        new ModelFolder(
            built.artifact(),
            built.calibration(),
            built.probe(),
            Provenances.of(built.model(), built.trainingImages(), clock),
            built.measures());
    Result result = new Result(folder, built.report());
    result.write(out);
    return result;
  }

  /** What a model is worth on the test images of a data set. */
  public static EvaluationReport evaluate(
      Embedder embedder, OpenSetCalibration calibration, TrainingData data) {
    return ModelBuilder.evaluate(embedder, calibration, data.testKnown(), data.testUnknown());
  }
}
