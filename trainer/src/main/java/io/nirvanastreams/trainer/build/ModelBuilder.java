package io.nirvanastreams.trainer.build;

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
import io.nirvanastreams.trainer.publish.Probes;
import io.nirvanastreams.trainer.train.TrainedModel;
import io.nirvanastreams.trainer.train.Trainer;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Builds models that are ready to be published. Stateless; trainings of one process queue.
 *
 * <p>Everything after training goes through the very embedder that will answer on the stream.
 */
public final class ModelBuilder {
  private ModelBuilder() {}

  /**
   * Trains, stores, calibrates, probes and measures a model.
   *
   * @param calibration images that neither training nor any choice uses, of the task's classes
   * @param known images that measure it, of the task's classes
   * @param unknown images of other classes that measure it; may be empty
   * @param root where the model's folder is written
   * @throws IllegalArgumentException when the recipe's models cannot be served
   * @throws IOException when the model cannot be written
   * @throws BadModelException when what was written cannot be loaded again
   */
  public static BuiltModel build(
      TrainingTask task,
      CalibrationSettings settings,
      ImageSet calibration,
      ImageSet known,
      ImageSet unknown,
      Path root)
      throws IOException, BadModelException {
    task.recipe().requireFixedCentres();
    return build(Trainer.train(task), task, settings, calibration, known, unknown, root);
  }

  /**
   * The same of a model that was trained already.
   *
   * @param model that the task gave, perhaps with another lead of its old classes
   */
  public static BuiltModel build(
      TrainedModel model,
      TrainingTask task,
      CalibrationSettings settings,
      ImageSet calibration,
      ImageSet known,
      ImageSet unknown,
      Path root)
      throws IOException, BadModelException {
    model.recipe().requireFixedCentres();
    ModelArtifact artifact = ModelArtifacts.write(root, model.spec(), model.weights());
    try (Embedder embedder = Embedder.load(artifact, new EmbedderOptions(task.device(), 0))) {
      Features train = candidates(settings, embedder, task.train());
      OpenSetCalibration fitted = calibrate(settings, embedder, train, calibration);
      return new BuiltModel(
          model,
          artifact,
          fitted,
          Probes.of(embedder, task.train(), Probes.DEFAULT_COUNT),
          Evaluator.evaluate(
              embedder.spec().centres(),
              fitted,
              train,
              features(embedder, known),
              features(embedder, unknown)),
          task.train().size());
    }
  }

  /**
   * Fits the calibration of a model, named after the version.
   *
   * @param train training images, from which the stored references are chosen
   */
  public static OpenSetCalibration calibrate(
      CalibrationSettings settings, Embedder embedder, ImageSet train, ImageSet calibration) {
    return calibrate(settings, embedder, candidates(settings, embedder, train), calibration);
  }

  private static OpenSetCalibration calibrate(
      CalibrationSettings settings, Embedder embedder, Features train, ImageSet calibration) {
    return CalibrationFit.fit(
        settings,
        "c" + embedder.spec().version(),
        embedder.spec().centres(),
        train,
        Features.of(embedder, calibration));
  }

  /** Only what the calibration can use is embedded, instead of all that was trained on. */
  private static Features candidates(
      CalibrationSettings settings, Embedder embedder, ImageSet train) {
    return Features.of(
        embedder, train.atMostPerClass(settings.trainingPerClass(), settings.seed()));
  }

  /** What a model is worth on images of its classes and of others; either may be empty. */
  public static EvaluationReport evaluate(
      Embedder embedder, OpenSetCalibration calibration, ImageSet known, ImageSet unknown) {
    return Evaluator.evaluate(
        embedder.spec().centres(),
        calibration,
        features(embedder, known),
        features(embedder, unknown));
  }

  private static Features features(Embedder embedder, ImageSet images) {
    return images.size() == 0 ? Features.none(images.classes()) : Features.of(embedder, images);
  }
}
