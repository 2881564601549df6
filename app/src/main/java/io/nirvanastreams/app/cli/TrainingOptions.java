package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.RecipeArguments;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.embedding.Engines;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.openset.score.Scores;
import io.nirvanastreams.trainer.data.BackgroundReader;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.UnusableDataException;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.evaluate.ScoreChoice;
import io.nirvanastreams.trainer.evaluate.ScoreSelection;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options of commands that train, beside those of data and device. For use as a mixin. */
public final class TrainingOptions {
  @Option(names = "--epochs", description = "Passes over the images (default: the recipe's).")
  private Integer epochs;

  @Option(
      names = "--background",
      paramLabel = "none|rotated|mixed|PATH",
      description =
          "What the model learns not to take for a class: nothing, turned or mixed known images, or"
              + " images of no class: a folder, a data set or a .npy file (default: the recipe's).")
  private String background;

  @Option(
      names = "--background-limit",
      paramLabel = "N",
      defaultValue = "50000",
      description =
          "How many images of the background PATH to take at most (default: ${DEFAULT-VALUE}).")
  private int backgroundLimit;

  @Option(
      names = "--recipe",
      paramLabel = "FILE|SETTING=VALUE",
      description = {
        "Settings that differ from the default recipe: a properties file, such as those in recipes,"
            + " or one setting, such as learning-rate=0.02; may be repeated, later ones win.",
        "A file may also name data, classes, hold-out, image-size, validation, calibration, seed,"
            + " name, alpha and score; options given here win over it."
      })
  private List<String> recipes = new ArrayList<>();

  @Option(
      names = "--alpha",
      defaultValue = "0.05",
      description = "Share of known images that may be called unknown (default: ${DEFAULT-VALUE}).")
  private double alpha;

  @Option(
      names = "--score",
      defaultValue = Scores.DEFAULT,
      description =
          "Score that decisions rest on; auto takes another where that is clearly better on known"
              + " classes left out in turn (default: ${DEFAULT-VALUE}).")
  private String score;

  @Option(
      names = "--method",
      defaultValue = DecisionRules.CONFORMAL,
      description =
          "How scores become decisions: conformal-class-conditional, conformal-global,"
              + " quantile-global, quantile-per-class or weibull-tail (default:"
              + " ${DEFAULT-VALUE}).")
  private String method;

  /**
   * Reads the recipe, and lets it fill in the options that are not on the command line.
   *
   * @param before settings that go before those of the command line, as for {@code --recipe}
   * @throws UsageException when something cannot be used
   */
  RecipeArguments read(CommandSpec spec, DataOptions data, List<String> before) {
    List<String> all = new ArrayList<>(before);
    all.addAll(recipes);
    RecipeArguments recipe = RecipeArguments.parse(all);
    ParseResult given = spec.commandLine().getParseResult();
    recipe
        .options()
        .forEach(
            (key, value) -> {
              if (!given.hasMatchedOption("--" + key)) {
                take(data, key, value);
              }
            });

    refuseNonsense();
    return recipe;
  }

  private void take(DataOptions data, String key, String value) {
    switch (key) {
      case "name" -> {
        // The model's name is an option of the commands that make one.
      }
      case "score" -> score = value;
      case "method" -> method = value;
      case "alpha" -> {
        try {
          alpha = Double.parseDouble(value);
        } catch (NumberFormatException e) {
          throw new UsageException("the recipe's alpha cannot be '" + value + "'", e);
        }
      }
      default -> data.take(key, value);
    }
  }

  private void refuseNonsense() {
    if (!(alpha > 0 && alpha < 1)) {
      throw new UsageException("--alpha is " + alpha + "; give a share between 0 and 1");
    }
    if (backgroundLimit < 1) {
      throw new UsageException("--background-limit is " + backgroundLimit + "; take at least one");
    }
    if (!DecisionRules.names().contains(method)) {
      throw new UsageException(
          "--method is '" + method + "'; write one of " + DecisionRules.names());
    }
    if (!score.equals("auto") && !Scores.names().contains(score)) {
      throw new UsageException(
          "--score is '" + score + "'; write auto or one of " + Scores.names());
    }
  }

  /**
   * How the scores of a model become decisions: with the score of the option, or one that leaving
   * known classes out in turn speaks for.
   */
  CalibrationSettings calibration(TrainingTask task) {
    ScoreChoice choice =
        score.equals("auto")
            ? ScoreSelection.choose(
                task, Math.min(ScoreSelection.DEFAULT_FOLDS, task.classes().size()))
            : ScoreChoice.given(score);
    return CalibrationSettings.of(alpha, method, choice, task.seed());
  }

  /**
   * The training of a model, watched by nobody.
   *
   * @throws UsageException when recipe, options and images do not fit each other
   */
  TrainingTask task(
      String name, RecipeArguments recipe, TrainingData images, long seed, DeviceOptions device)
      throws IOException {
    Map<String, String> changes = new LinkedHashMap<>();
    if (epochs != null) {
      changes.put("epochs", epochs.toString());
    }
    String source = recipe.background();
    if (background != null) {
      source = background.matches("none|rotated|mixed") ? null : background;
      changes.put("background", source == null ? background : "given");
    }
    try {
      Recipe all = recipe.over(Recipe.forImages(images.parts().train().shape())).with(changes);
      all.requireFixedCentres();
      TrainingTask task =
          new TrainingTask(
              name,
              1,
              all,
              images.parts().train(),
              images.parts().validation(),
              source == null
                  ? null
                  : givenBackground(Path.of(source), images.parts().train().shape(), seed),
              null,
              null,
              device.devices().get(0),
              device.threads(),
              seed,
              List.of());
      return task.across(existing(device.devices())).in(device.execution());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Before a score is chosen and a folder made. */
  private static List<String> existing(List<String> devices) {
    Engines.requireDevices(devices);
    return devices;
  }

  private ImageSet givenBackground(Path path, InputShape shape, long seed) throws IOException {
    try {
      return BackgroundReader.read(path, shape, backgroundLimit, seed);
    } catch (UnusableDataException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
