package io.nirvanastreams.trainer.build;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelArtifact;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.openset.simplex.Simplex;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.CalibrationFit;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.EvaluationReport;
import io.nirvanastreams.trainer.evaluate.Evaluator;
import io.nirvanastreams.trainer.evaluate.Features;
import io.nirvanastreams.trainer.publish.Probes;
import io.nirvanastreams.trainer.train.TrainedModel;
import io.nirvanastreams.trainer.train.Trainer;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Builds models that are ready to be published. Stateless; one build at a time in a process, since
 * trainings queue.
 */
public final class ModelBuilder {
  private static final int HASH_SHOWN = 8;

  private ModelBuilder() {}

  /**
   * Trains and finishes a model.
   *
   * @param calibration images that neither training nor any choice uses, of the task's classes
   * @param root where the model's folder is written
   * @throws IOException when the model cannot be written
   * @throws BadModelException when what was written cannot be loaded again
   */
  public static BuiltModel build(
      TrainingTask task, CalibrationSettings settings, ImageSet calibration, Path root)
      throws IOException, BadModelException {
    return finish(task, Trainer.train(task), settings, calibration, root);
  }

  /**
   * Finishes a model that was trained already.
   *
   * @param task what {@code model} was trained by
   */
  public static BuiltModel finish(
      TrainingTask task,
      TrainedModel model,
      CalibrationSettings settings,
      ImageSet calibration,
      Path root)
      throws IOException, BadModelException {
    ModelArtifact artifact = ModelArtifacts.write(root, model.spec(), model.weights());
    float[][] centres =
        Simplex.of(model.spec().dimension(), model.spec().expand())
            .first(model.spec().classes().size());
    // Everything after training goes through the very embedder that will answer on the stream.
    try (Embedder embedder = Embedder.load(artifact, new EmbedderOptions(task.device(), 0))) {
      OpenSetCalibration fitted =
          CalibrationFit.fit(
              settings,
              model.spec().version() + "-" + artifact.contentHash().substring(0, HASH_SHOWN),
              centres,
              Features.of(embedder, task.train()),
              Features.of(embedder, calibration));
      ImageSet measured = task.validation().size() == 0 ? calibration : task.validation();
      EvaluationReport report =
          Evaluator.evaluate(
              centres,
              fitted,
              Features.of(embedder, measured),
              Features.of(embedder, measured.subset(new int[0])));
      return new BuiltModel(
          model,
          artifact,
          fitted,
          Probes.of(embedder, measured, Probes.DEFAULT_COUNT),
          report,
          task.train().size());
    }
  }
}
