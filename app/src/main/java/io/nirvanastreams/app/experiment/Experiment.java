package io.nirvanastreams.app.experiment;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.RecipeArguments;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.trainer.evaluate.CalibrationSettings;
import io.nirvanastreams.trainer.train.Recipe;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** An experiment under way: its splits are run one after the other. One thread. */
public final class Experiment {
  private final String name;
  private final String command;
  private final RecipeArguments arguments;
  private final Path folder;
  private final Map<String, SplitRun> runs = new LinkedHashMap<>();
  private Recipe recipe;
  private String device;

  /**
   * An experiment of which nothing has run.
   *
   * @param command that repeats it
   * @param folder gets the reports, and one folder a split
   */
  public Experiment(String name, String command, RecipeArguments arguments, Path folder) {
    this.name = name;
    this.command = command;
    this.arguments = arguments;
    this.folder = folder;
  }

  /**
   * The data with unknown images of another data set, where the recipe asks for them (CIFAR+N).
   *
   * @param path the other data set, or null
   * @param number of the split
   * @throws UsageException when the recipe and the path do not agree
   */
  public static TrainingData withUnknowns(
      TrainingData data, RecipeArguments recipe, Path path, int number) throws IOException {
    return ExperimentData.withUnknowns(data, recipe, path, number);
  }

  /**
   * Runs one split.
   *
   * @param choose how the scores of a task's model become decisions
   */
  public void run(
      int number,
      TrainingTask task,
      TrainingData data,
      Function<TrainingTask, CalibrationSettings> choose)
      throws IOException, BadModelException {
    TrainingTask training = ExperimentData.withNoise(task, arguments);
    recipe = training.recipe();
    device = training.device();
    Path out = folder.resolve("split-" + number);
    SplitRun run = SplitRun.of(training, data, choose.apply(training), out);
    runs.put(Integer.toString(number), run);
  }

  /**
   * Writes the reports, and a line of the results table.
   *
   * @return the report as Markdown
   */
  public String write(Path table) throws IOException {
    ExperimentReport report =
        new ExperimentReport(
            name, command, Machine.of(device), recipe, arguments.published(), runs);
    report.write(folder);
    ResultsTable.append(table, report, Instant.now());
    return report.toMarkdown();
  }
}
