package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.RecipeArguments;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.app.model.TrainingJob;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.train.CheckpointFile;
import io.nirvanastreams.trainer.train.CheckpointWriter;
import io.nirvanastreams.trainer.train.CurveRecorder;
import io.nirvanastreams.trainer.train.ProgressBar;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
  @Mixin private TrainingOptions training;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where it all goes.")
  private Path out;

  @Option(
      names = "--name",
      defaultValue = "default",
      description = "Name of the model (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--split",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description =
          "Which of the recipe's published class splits to know (default: ${DEFAULT-VALUE}).")
  private int split;

  @Option(names = "--resume", description = "Go on from the checkpoint in --out.")
  private boolean resume;

  @Override
  public Integer call() throws IOException, BadModelException {
    RecipeArguments recipe = training.read(spec, data, List.of());
    if (!spec.commandLine().getParseResult().hasMatchedOption("--name")) {
      name = recipe.options().getOrDefault("name", name);
    }
    takeSplits(recipe);
    refuseNonsense();
    TrainingData images = data.read();
    TrainingTask task = training.task(name, recipe, images, data.seed(), device);
    CalibrationSettings calibration = training.calibration(task);
    Path checkpoint = out.resolve("checkpoint.zip");
    TrainingTask watched =
        task.withListener(ProgressBar.onConsole())
            .withListener(new CurveRecorder(out))
            .withListener(new CheckpointWriter(checkpoint, 1));
    if (resume) {
      watched = watched.withResume(CheckpointFile.read(checkpoint));
    }
    TrainingJob.Result result =
        TrainingJob.run(watched, images, calibration, out, Clock.systemUTC());
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println(result.report().toText());
    terminal.println("Written to " + out + "; publish it with: nirvana publish " + out);
    return 0;
  }

  private void refuseNonsense() {
    if (resume && !Files.isRegularFile(out.resolve("checkpoint.zip"))) {
      throw new UsageException("there is no checkpoint in " + out + "; train without --resume");
    }
  }

  private void takeSplits(RecipeArguments recipe) {
    ParseResult given = spec.commandLine().getParseResult();
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
}
