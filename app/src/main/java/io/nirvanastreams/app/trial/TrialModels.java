package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.app.model.TrainingJob;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.trainer.data.DataSource;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.ScoreChoice;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The model versions of a trial, as folders that {@code nirvana publish} takes: a few that are
 * trained one from the other, and as many more, sound or broken, as are asked for. For one thread
 * at a time.
 */
final class TrialModels {
  /** Name of the model. */
  static final String NAME = "trial";

  private static final int PER_CLASS = 300;
  private static final double ALPHA = 0.1;

  private final Path folder;
  private final List<ModelFolder> trained = new ArrayList<>();

  private TrialModels(Path folder) {
    this.folder = folder;
  }

  /** Trains so many versions; those of the second half know one class more. */
  static TrialModels train(Path folder, int versions, long seed)
      throws IOException, BadModelException {
    TrialModels models = new TrialModels(folder);
    for (int index = 0; index < versions; index++) {
      models.trainNext(index < (versions + 1) / 2 ? 2 : 3, seed + index);
    }
    return models;
  }

  /**
   * A sound version under this number.
   *
   * @param like which of the trained versions it is, the last one for all beyond
   */
  Path sound(int version, int like) {
    ModelFolder model = trained.get(Math.min(like, trained.size() - 1));
    return write(version, model, weights(model));
  }

  /** A version with a weight that is not a number; its hashes are right. */
  Path notANumber(int version) {
    ModelFolder model = trained.get(0);
    return write(version, model, changed(model, value -> Float.NaN));
  }

  /** A version with weights other than those that its probe was made with; its hashes are right. */
  Path otherThanItsProbe(int version) {
    ModelFolder model = trained.get(0);
    return write(version, model, changed(model, value -> value * 1.5f + 0.1f));
  }

  private void trainNext(int classes, long seed) throws IOException, BadModelException {
    Random random = new Random(seed);
    ImageSet images = Patterns.images(classes, PER_CLASS, random);
    TrainingData data =
        TrainingData.of(
            new DataSource("made up", images, images.subset(new int[0])),
            List.of(),
            List.of(),
            0.1,
            0.6,
            seed);
    TrainingTask task =
        TrainingTask.of(
            NAME,
            Recipe.forImages(Patterns.SHAPE).with(Map.of("epochs", "1", "batch-size", "16")),
            data.parts().train(),
            data.parts().validation(),
            seed);
    if (!trained.isEmpty()) {
      task = task.withStart(trained.size() + 1, weights(trained.get(trained.size() - 1)));
    }
    trained.add(
        TrainingJob.run(
                task,
                data,
                CalibrationSettings.conformal(ALPHA, ScoreChoice.given("cosine"), seed),
                folder.resolve("trained-" + (trained.size() + 1)),
                Clock.systemUTC())
            .folder());
  }

  private interface Change {
    float of(float value);
  }

  /** The weights with the first values of every matrix changed. */
  private static Map<String, Tensor> changed(ModelFolder model, Change change) {
    Map<String, Tensor> weights = new HashMap<>();
    weights(model)
        .forEach(
            (name, tensor) -> {
              float[] data = tensor.data().clone();
              if (tensor.shape().length > 1) {
                for (int i = 0; i < data.length; i++) {
                  data[i] = i % 2 == 0 ? change.of(data[i]) : data[i];
                }
              }
              weights.put(name, new Tensor(tensor.type(), data, tensor.integers(), tensor.shape()));
            });
    return weights;
  }

  private static Map<String, Tensor> weights(ModelFolder model) {
    try {
      return ModelArtifacts.weights(model.artifact());
    } catch (BadModelException e) {
      throw new IllegalStateException("a model just written cannot be read: " + e.getMessage(), e);
    }
  }

  private Path write(int version, ModelFolder like, Map<String, Tensor> weights) {
    ModelSpec spec = like.artifact().spec();
    ModelSpec numbered =
        new ModelSpec(
            spec.name(),
            version,
            spec.architecture(),
            spec.options(),
            spec.input(),
            spec.classes(),
            spec.dimension(),
            spec.expand());
    Path out = folder.resolve("version-" + version);
    try {
      new ModelFolder(
              ModelArtifacts.write(ModelFolder.artifacts(out), numbered, weights),
              like.calibration(),
              like.probe(),
              like.provenance(),
              like.measures())
          .write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + out, e);
    }
    return out;
  }
}
