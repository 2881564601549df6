package io.nirvanastreams.app.demo;

import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.trainer.build.BuiltModel;
import io.nirvanastreams.trainer.build.ModelBuilder;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Splits;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.ScoreChoice;
import io.nirvanastreams.trainer.evaluate.ScoreSelection;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainingListener;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Version 1: trained on the known classes alone, with the score that tells known classes left out
 * in turn best.
 *
 * @param splits what was trained on, validated with, and calibrated with
 * @param built the model, ready to be published
 */
record FirstModel(Splits splits, BuiltModel built) {
  static final String NAME = "demo";

  private static final double VALIDATION = 0.1;
  private static final double CALIBRATION = 1.0 / 6;
  private static final int SELECTION_FOLDS = 3;
  private static final int FAST_IMAGES = 700;
  private static final String FAST_EPOCHS = "5";

  static FirstModel train(
      DemoSettings settings, ImageSet images, Path root, TrainingListener progress, Screen screen)
      throws IOException, BadModelException {
    ImageSet used = settings.fast() ? images.atMostPerClass(FAST_IMAGES, settings.seed()) : images;
    Splits splits = Splits.of(used, VALIDATION, CALIBRATION, settings.seed());
    Recipe recipe = Recipe.forImages(used.shape());
    if (settings.fast()) {
      recipe = recipe.with(Map.of("epochs", FAST_EPOCHS));
    }
    ScoreChoice choice = chooseScore(recipe, splits, settings, screen);
    TrainingTask task =
        TrainingTask.of(NAME, recipe, splits.train(), splits.validation(), settings.seed())
            .withListener(progress);
    BuiltModel built =
        ModelBuilder.build(
            task,
            CalibrationSettings.conformal(settings.alpha(), choice, settings.seed()),
            splits.calibration(),
            splits.validation(),
            splits.validation().subset(new int[0]),
            root);
    screen.say(
        "  %d classes, %d images, %.0f s: validation accuracy %s",
        splits.train().classes().size(),
        splits.train().size(),
        built.model().seconds(),
        LiveTable.percent(built.report().accuracy()));
    return new FirstModel(splits, built);
  }

  private static ScoreChoice chooseScore(
      Recipe recipe, Splits splits, DemoSettings settings, Screen screen) {
    TrainingTask task =
        TrainingTask.of(NAME, recipe, splits.train(), splits.validation(), settings.seed());
    ScoreChoice choice =
        ScoreSelection.choose(task, Math.min(SELECTION_FOLDS, task.classes().size()));
    if (choice.auroc().isEmpty()) {
      return choice;
    }
    screen.say(
        "  Score chosen on the known classes, left out in turn: %s (AUROC %s)",
        choice.score(),
        choice.auroc().entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(entry -> String.format(Locale.ROOT, "%s %.3f", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", ")));
    return choice;
  }
}
