package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.experiment.Experiment;
import io.nirvanastreams.app.experiment.FaceExperiment;
import io.nirvanastreams.app.experiment.FaceRun;
import io.nirvanastreams.app.experiment.IncrementalPlan;
import io.nirvanastreams.app.experiment.IncrementalRun;
import io.nirvanastreams.app.experiment.NamedRecipes;
import io.nirvanastreams.app.model.ModelFolder;
import io.nirvanastreams.app.model.RecipeArguments;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.trainer.train.ProgressBar;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an experiment of the paper over its class splits and writes down what came of it. */
@Command(
    name = "experiment",
    description = {
      "Run an experiment over its class splits: every score, measure and protocol, with pictures.",
      "Writes report.md, report.json, measures.csv, a folder a split, and a line of the results"
          + " table.",
      "With --pairs it verifies faces: ten folds, TAR at FAR, ROC."
    })
public final class ExperimentCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;
  @Mixin private DeviceOptions device;
  @Mixin private TrainingOptions training;
  @Mixin private FaceOptions faces;

  @Parameters(
      paramLabel = "NAME|FILE",
      description = "An experiment such as mnist, or a recipe file of your own; list shows all.")
  private String name;

  @Option(
      names = "--splits",
      paramLabel = "NUMBER",
      split = ",",
      description = "Which of the recipe's class splits to run (default: all).")
  private List<Integer> splits = new ArrayList<>();

  @Option(
      names = "--unknown-data",
      paramLabel = "PATH",
      description = "Another data set that the unknown images come from, as in CIFAR+10.")
  private Path unknownData;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where it all goes (default: experiments/NAME).")
  private Path out;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      defaultValue = "experiments/results.csv",
      description = "The table that gets one more line (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Override
  public Integer call() throws IOException, BadModelException {
    PrintWriter terminal = spec.commandLine().getOut();
    if (name.equals("list")) {
      NamedRecipes.names().forEach(terminal::println);
      return 0;
    }
    RecipeArguments recipe = training.read(spec, data, NamedRecipes.settings(name));
    Path folder = out == null ? Path.of("experiments", NamedRecipes.plain(name)) : out;
    if (faces.wanted(name)) {
      terminal.println(verifyFaces(recipe, folder));
      terminal.println("Written to " + folder + "; one more line in " + results);
      return 0;
    }
    if (IncrementalPlan.isIn(recipe)) {
      terminal.println(addClasses(recipe, folder));
      terminal.println("Written to " + folder);
      return 0;
    }
    Experiment experiment = new Experiment(NamedRecipes.plain(name), commandLine(), recipe, folder);
    for (int number : numbers(recipe)) {
      TrainingData images = read(recipe, number);
      TrainingTask task =
          training
              .task(NamedRecipes.plain(name), recipe, images, data.seed(), device)
              .withListener(ProgressBar.onConsole());
      terminal.println("split " + number + ": " + String.join(", ", task.classes()));
      experiment.run(number, task, images, training::calibration);
    }
    terminal.println(experiment.write(results));
    terminal.println("Written to " + folder + "; one more line in " + results);
    return 0;
  }

  private String addClasses(RecipeArguments recipe, Path folder)
      throws IOException, BadModelException {
    if (!splits.isEmpty() || unknownData != null) {
      throw new UsageException(
          "a recipe that adds classes takes neither --splits nor --unknown-data; leave them out");
    }
    IncrementalPlan plan = IncrementalPlan.of(recipe);
    TrainingData images = data.readWith(plan.added());
    TrainingTask task =
        training
            .task(NamedRecipes.plain(name), recipe, images, data.seed(), device)
            .withListener(ProgressBar.onConsole());
    return new IncrementalRun(task, images, plan, folder)
        .run(NamedRecipes.plain(name), commandLine(), training::calibration);
  }

  private String verifyFaces(RecipeArguments recipe, Path folder)
      throws IOException, BadModelException {
    if (!splits.isEmpty() || unknownData != null || recipe.splits() != null) {
      throw new UsageException("faces have no class splits and no --unknown-data; leave them out");
    }
    long start = System.nanoTime();
    FaceExperiment pairs = faces.read();
    String plain = NamedRecipes.plain(name);
    FaceRun run =
        new FaceRun(
            pairs,
            faces.photographs(data.path()),
            plain,
            commandLine(),
            recipe.published(),
            folder);
    ModelFolder model = faces.model();
    if (model == null) {
      TrainingData images = data.readWithout(pairs.persons());
      TrainingTask task =
          training
              .task(plain, recipe, images, data.seed(), device)
              .withListener(ProgressBar.onConsole());
      model = run.train(task, images, training.calibration(task));
    }
    return run.verify(model, device.devices().get(0), results, start);
  }

  private List<Integer> numbers(RecipeArguments recipe) {
    int count = recipe.splits() == null ? 1 : recipe.splits().splits().size();
    for (int number : splits) {
      if (number < 1 || number > count) {
        throw new UsageException("--splits has " + number + "; there are 1 to " + count);
      }
    }
    return splits.isEmpty() ? IntStream.rangeClosed(1, count).boxed().toList() : splits;
  }

  private TrainingData read(RecipeArguments recipe, int number) throws IOException {
    if (recipe.splits() != null) {
      data.takeSplit(recipe.splits(), number);
    }
    TrainingData images = data.read();
    return Experiment.withUnknowns(images, recipe, unknownData, number);
  }

  private String commandLine() {
    return "nirvana " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }
}
