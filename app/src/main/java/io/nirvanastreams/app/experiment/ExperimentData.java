package io.nirvanastreams.app.experiment;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.RecipeArguments;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.trainer.data.BackgroundReader;
import io.nirvanastreams.trainer.data.DataSource;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Splits;
import io.nirvanastreams.trainer.data.UnusableDataException;
import io.nirvanastreams.trainer.protocol.ClassSplits;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What experiments do with data beyond cutting it: foreign unknowns, noise. Stateless. */
final class ExperimentData {
  private ExperimentData() {}

  /**
   * The data with unknown images of another data set, where the recipe asks for them (CIFAR+N).
   *
   * @param path the other data set, or null
   * @param number of the split
   * @throws UsageException when the recipe and the option do not agree
   */
  static TrainingData withUnknowns(TrainingData data, RecipeArguments recipe, Path path, int number)
      throws IOException {
    String splits = recipe.experiment().get(RecipeArguments.UNKNOWN_SPLITS);
    if (splits == null && path == null) {
      return data;
    }
    if (path == null) {
      throw new UsageException(
          "the unknowns are " + splits + " of another data set; name it by --unknown-data");
    }
    try {
      DataSource source = DataSource.open(path, data.testKnown().shape());
      ImageSet images = source.test().size() > 0 ? source.test() : source.train();
      List<String> classes =
          splits == null
              ? images.classes()
              : ClassSplits.named(splits).classes(number, images.classes());
      ImageSet chosen = images.ofClasses(classes);
      ImageSet fitting = BackgroundReader.of(chosen, data.testKnown().shape(), chosen.size(), 0);
      return new TrainingData(data.parts(), data.testKnown(), fitting);
    } catch (UnusableDataException | IllegalArgumentException e) {
      throw new UsageException("--unknown-data: " + e.getMessage(), e);
    }
  }

  /**
   * The task with a share of every known class moved, unlabelled, into the background: the ablation
   * of the paper on noisy background images.
   *
   * @throws UsageException when there is no background to add them to
   */
  static TrainingTask withNoise(TrainingTask task, RecipeArguments recipe) {
    double share = number(recipe, RecipeArguments.NOISY_SHARE, 0);
    ImageSet background = task.background();
    if (share == 0) {
      return task;
    }
    if (background == null) {
      throw new UsageException("noisy-share needs background images; name them by --background");
    }
    int size = (int) number(recipe, RecipeArguments.BACKGROUND_SIZE, background.size());
    try {
      Splits moved = Splits.of(task.train(), share, 0, task.seed());
      ImageSet noise =
          BackgroundReader.of(
              moved.validation(), task.train().shape(), moved.validation().size(), task.seed());
      ImageSet rest = background.atMostPerClass(Math.max(1, size - noise.size()), task.seed());
      return task.withTrain(moved.train()).withBackground(rest.concat(noise));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static double number(RecipeArguments recipe, String key, double otherwise) {
    String value = recipe.experiment().get(key);
    try {
      return value == null ? otherwise : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new UsageException("the recipe's " + key + " cannot be '" + value + "'", e);
    }
  }
}
