package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.RecipeArguments;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.app.model.TrainingJob;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.openset.score.Scores;
import io.nirvanastreams.trainer.evaluate.ScoreChoice;
import io.nirvanastreams.trainer.evaluate.ScoreSelection;
import io.nirvanastreams.trainer.train.CheckpointFile;
import io.nirvanastreams.trainer.train.CheckpointWriter;
import io.nirvanastreams.trainer.train.CurveRecorder;
import io.nirvanastreams.trainer.train.ProgressBar;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Trains a model and writes it with its evaluation into a folder. */
@Command(
    name = "train",
    description = {
      "Train a model, calibrate its decisions and evaluate it on images it has not seen.",
      "Writes the model, report.txt, report.json, confusion.png, curves.csv and curves.png."
    })
public final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;
  @Mixin private DeviceOptions device;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where it all goes.")
  private Path out;

  @Option(
      names = "--name",
      defaultValue = "default",
      description = "Name of the model (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(names = "--epochs", description = "Passes over the images (default: the recipe's).")
  private Integer epochs;

  @Option(
      names = "--background",
      paramLabel = "none|rotated|mixed|PATH",
      description =
          "What the model learns not to take for a class: nothing, turned or mixed known images,"
              + " or a data set of images of no class (default: the recipe's).")
  private String background;

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
      names = "--split",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description =
          "Which of the recipe's published class splits to know (default: ${DEFAULT-VALUE}).")
  private int split;

  @Option(
      names = "--alpha",
      defaultValue = "0.05",
      description = "Share of known images that may be called unknown (default: ${DEFAULT-VALUE}).")
  private double alpha;

  @Option(
      names = "--score",
      defaultValue = "auto",
      description =
          "Score that decisions rest on; auto chooses it by leaving known classes out in turn"
              + " (default: ${DEFAULT-VALUE}).")
  private String score;

  @Option(names = "--resume", description = "Go on from the checkpoint in --out.")
  private boolean resume;

  @Override
  public Integer call() throws IOException, BadModelException {
    RecipeArguments recipe = RecipeArguments.parse(recipes);
    takeOptions(recipe);
    refuseNonsense();
    TrainingData images = data.read();
    TrainingTask task = task(recipe, images);
    ScoreChoice choice =
        score.equals("auto")
            ? ScoreSelection.choose(
                task, Math.min(ScoreSelection.DEFAULT_FOLDS, task.classes().size()))
            : ScoreChoice.given(score);
    Path checkpoint = out.resolve("checkpoint.zip");
    TrainingTask watched =
        task.withListener(ProgressBar.onConsole())
            .withListener(new CurveRecorder(out))
            .withListener(new CheckpointWriter(checkpoint, 1));
    if (resume) {
      watched = watched.withResume(CheckpointFile.read(checkpoint));
    }
    TrainingJob.Result result =
        TrainingJob.run(watched, images, alpha, choice, out, Clock.systemUTC());
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println(result.report().toText());
    terminal.println("Written to " + out + "; publish it with: nirvana publish " + out);
    return 0;
  }

  private void refuseNonsense() {
    if (!(alpha > 0 && alpha < 1)) {
      throw new UsageException("--alpha is " + alpha + "; give a share between 0 and 1");
    }
    if (!score.equals("auto") && !Scores.names().contains(score)) {
      throw new UsageException(
          "--score is '" + score + "'; write auto or one of " + Scores.names());
    }
    if (resume && !Files.isRegularFile(out.resolve("checkpoint.zip"))) {
      throw new UsageException("there is no checkpoint in " + out + "; train without --resume");
    }
  }

  /** Options that are not on the command line take what the recipe says. */
  private void takeOptions(RecipeArguments recipe) {
    ParseResult given = spec.commandLine().getParseResult();
    recipe
        .options()
        .forEach(
            (key, value) -> {
              if (!given.hasMatchedOption("--" + key)) {
                take(key, value);
              }
            });
    if (recipe.splits() != null) {
      data.takeSplit(recipe.splits(), split);
    } else if (given.hasMatchedOption("--split")) {
      throw new UsageException("--split needs a recipe with splits; leave it out");
    }
    Map<String, String> unread = new TreeMap<>(recipe.experiment());
    unread.remove(RecipeArguments.SPLITS);
    if (!unread.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("Only 'nirvana experiment' reads " + unread.keySet() + " of this recipe.");
    }
  }

  private void take(String key, String value) {
    switch (key) {
      case "name" -> name = value;
      case "score" -> score = value;
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

  private TrainingTask task(RecipeArguments recipe, TrainingData images) throws IOException {
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
              source == null ? null : data.source(Path.of(source)).train(),
              null,
              null,
              device.device(),
              device.threads(),
              data.seed(),
              List.of());
      return task.in(device.execution());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
