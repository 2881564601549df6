package io.nirvanastreams.app.experiment;

import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.app.model.TrainingJob;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.FaceReport;
import io.nirvanastreams.trainer.train.CurveRecorder;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * Verifies faces with a model that is trained for it or that is there already, and writes down what
 * came of it. One thread.
 */
public final class FaceRun {
  private static final String MODEL = "model";

  private final FaceExperiment experiment;
  private final Path photographs;
  private final String name;
  private final String command;
  private final Map<String, String> published;
  private final Path folder;

  /**
   * A run of which nothing has run.
   *
   * @param photographs the folder that has those of the pairs
   * @param name of the experiment
   * @param command that repeats it
   * @param published figures of the paper by measure, in percent; may be empty
   * @param folder gets the report, the pictures and the model that is trained
   */
  public FaceRun(
      FaceExperiment experiment,
      Path photographs,
      String name,
      String command,
      Map<String, String> published,
      Path folder) {
    this.experiment = experiment;
    this.photographs = photographs;
    this.name = name;
    this.command = command;
    this.published = Map.copyOf(published);
    this.folder = folder;
  }

  /**
   * Trains a model, into {@code model} below the folder.
   *
   * @param task trains on {@code data}'s parts
   * @param settings how its scores become decisions
   */
  public ModelFolder train(TrainingTask task, TrainingData data, CalibrationSettings settings)
      throws IOException, BadModelException {
    Path out = folder.resolve(MODEL);
    TrainingTask recorded = task.withListener(new CurveRecorder(out));
    return TrainingJob.run(recorded, data, settings, out, Clock.systemUTC()).folder();
  }

  /**
   * Verifies, writes the reports and a line of the results table.
   *
   * @param start {@link System#nanoTime} when the run began
   * @return the report as Markdown
   */
  public String verify(ModelFolder model, String device, Path table, long start)
      throws IOException, BadModelException {
    FaceReport faces = experiment.verify(model, photographs, device, folder);
    FaceRunReport report =
        new FaceRunReport(
            name,
            command,
            Machine.of(device),
            model.artifact().spec(),
            Recipe.fromMap(model.provenance().getRecipe()),
            published,
            faces,
            (System.nanoTime() - start) / 1e9);
    report.write(folder);
    ResultsTable.append(table, report, Instant.now());
    return report.toMarkdown();
  }
}
