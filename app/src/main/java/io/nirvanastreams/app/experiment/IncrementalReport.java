package io.nirvanastreams.app.experiment;

import io.nirvanastreams.trainer.retrain.LearningAttempt;
import io.nirvanastreams.trainer.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * Classes added one at a time, for people and for programs. Immutable.
 *
 * @param name of the experiment
 * @param command that repeats it
 * @param machine it ran on
 * @param classes of the first version
 * @param score that decisions rest on, chosen on the first version's classes
 * @param recipe of the first version and of training from scratch
 * @param fineTuning recipe of every further version
 * @param plan how classes were added
 * @param first what the first version is worth
 * @param steps one a class, in order
 */
record IncrementalReport(
    String name,
    String command,
    String machine,
    List<String> classes,
    String score,
    Recipe recipe,
    Recipe fineTuning,
    IncrementalPlan plan,
    VersionMeasures first,
    List<IncrementalStep> steps) {

  /** Writes {@code report.md} and {@code incremental.csv}. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.md"), toMarkdown());
    Files.writeString(folder.resolve("incremental.csv"), toCsv());
  }

  String toMarkdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Experiment %s%n%n    %s%n%n%s, %.0f s.%n%n"
            .formatted(name, command, machine, seconds()));
    text.append("Version 1 knows ").append(String.join(", ", classes)).append(". ");
    text.append(
        "Every class is added on the next vertex; no centre moved. Test images; percent."
            + " \"Forgotten\" is what the old classes lost against the version before, in points;"
            + " \"among old\" the same when the new class may not be answered, \"behind\" how far"
            + " they are behind those of a training from scratch on the same classes. AUROC is of"
            + " the classes not yet known.\n\n");
    text.append(table());
    text.append(trainings());
    text.append(
        "\n## Fine-tuning\n\nAt most %d images of a class.%n%n"
            .formatted(plan.rehearsalPerClass()));
    fineTuning.toMap().entrySet().stream()
        .filter(entry -> !entry.getValue().equals(recipe.toMap().get(entry.getKey())))
        .forEach(entry -> text.append(setting(entry)));
    text.append("\n## Recipe\n\n");
    recipe.toMap().entrySet().forEach(entry -> text.append(setting(entry)));
    return text.toString();
  }

  private static String setting(Map.Entry<String, String> entry) {
    return "    %s = %s%n".formatted(entry.getKey(), entry.getValue());
  }

  private double seconds() {
    return first.seconds()
        + steps.stream().mapToDouble(step -> seconds(step) + step.scratch().seconds()).sum();
  }

  private static double seconds(IncrementalStep step) {
    return step.tuning().attempts().stream().mapToDouble(one -> one.model().seconds()).sum();
  }

  private String trainings() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n## Trainings of each version%n%nThe old classes may lose %.2f points on validation"
                + " images, the standard error included; beyond that they get the smallest lead over"
                + " the new class that keeps to it, or the version is trained again with a greater"
                + " weight of the old classes, %d times in all at most. Test images choose"
                + " nothing.%n%n",
            100 * plan.forgetting().limit(),
            plan.forgetting().attempts()));
    text.append("| added | weight | lead | forgotten, validation | new class, validation ");
    text.append(
        "| forgotten, test | new class, test | taken |\n|---|---|---|---|---|---|---|---|\n");
    for (IncrementalStep step : steps) {
      for (LearningAttempt<VersionMeasures> one : step.tuning().attempts()) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %s +- %.2f | %s | %s | %s | %s |%n",
                step.added(),
                one.oldWeight(),
                one.lead(),
                points(one.forgetting().fall()),
                100 * one.forgetting().error(),
                share(one.newRecall()),
                points(step.forgotten(one.model())),
                share(one.model().test().added()),
                taken(step, one)));
      }
    }
    return text.toString();
  }

  private static String taken(IncrementalStep step, LearningAttempt<VersionMeasures> one) {
    if (!one.equals(step.tuning().taken())) {
      return "";
    }
    return step.tuning().kept() ? "yes" : "yes, beyond the limit";
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table
        .append("| added | training | old before | old after | forgotten | among old | behind ")
        .append("| first %d | new class | all ".formatted(classes.size()))
        .append("| AUROC raw | AUROC %s | s |%n".formatted(score))
        .append("|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    table.append(row("-", "version 1", "-", "-", "-", "-", "-", first));
    for (IncrementalStep step : steps) {
      table.append(
          row(
              step.added(),
              "fine-tuned",
              share(step.before().test().all()),
              share(step.fineTuned().test().old()),
              points(step.forgotten()),
              points(step.forgottenAmongOld()),
              points(step.behindScratch()),
              step.fineTuned()));
      table.append(
          row(
              "",
              "from scratch",
              "",
              share(step.scratch().test().old()),
              "",
              "",
              "",
              step.scratch()));
    }
    return table.toString();
  }

  private static String row(
      String added,
      String way,
      String before,
      String after,
      String forgotten,
      String amongOld,
      String behind,
      VersionMeasures measures) {
    return new StringJoiner(" | ", "| ", " |\n")
        .add(added)
        .add(way)
        .add(before)
        .add(after)
        .add(forgotten)
        .add(amongOld)
        .add(behind)
        .add(share(measures.test().first()))
        .add(share(measures.test().added()))
        .add(share(measures.test().all()))
        .add(share(measures.raw()))
        .add(share(measures.chosen()))
        .add(String.format(Locale.ROOT, "%.0f", measures.seconds()))
        .toString();
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * value);
  }

  private static String points(double value) {
    return String.format(Locale.ROOT, "%+.2f", 100 * value);
  }

  private String toCsv() {
    StringBuilder csv = new StringBuilder("version,added,training,");
    csv.append(String.join(",", first.byName().keySet())).append('\n');
    csv.append(line(1, "", "version 1", first));
    for (IncrementalStep step : steps) {
      csv.append(line(step.version(), step.added(), "fine-tuned", step.fineTuned()));
      csv.append(line(step.version(), step.added(), "from scratch", step.scratch()));
    }
    return csv.toString();
  }

  private static String line(int version, String added, String way, VersionMeasures measures) {
    return measures.byName().values().stream()
        .map(value -> Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value))
        .collect(Collectors.joining(",", version + "," + added + "," + way + ",", "\n"));
  }
}
