package io.nirvanastreams.app.experiment;

import io.nirvanastreams.openset.measure.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One line an experiment, comma-separated: what was ever run here. Stateless. */
final class ResultsTable {
  private static final String HEAD =
      "when,experiment,machine,splits,epochs,network,score,accuracy,accuracy deviation,auroc,"
          + "auroc deviation,oscr,best-on-test auroc,paper auroc,paper accuracy,seconds\n";

  private ResultsTable() {}

  /** Appends the line of a report; the table is begun where there is none. */
  static void append(Path table, ExperimentReport report, Instant now) throws IOException {
    append(table, line(report, now));
  }

  /** Appends the line of a face verification: accuracy over the folds, AUROC over the pairs. */
  static void append(Path table, FaceRunReport report, Instant now) throws IOException {
    append(table, line(report, now));
  }

  private static void append(Path table, String line) throws IOException {
    if (Files.notExists(table)) {
      Files.createDirectories(table.toAbsolutePath().getParent());
      Files.writeString(table, HEAD);
    }
    Files.writeString(table, line, StandardOpenOption.APPEND);
  }

  private static String line(ExperimentReport report, Instant now) {
    Map<String, Spread> measures = report.summary().decisions();
    Spread best =
        report.protocols().spreads().values().stream()
            .reduce((earlier, later) -> later)
            .map(row -> row.get(EpochWatch.AUROC))
            .orElse(null);
    String scores =
        report.runs().values().stream()
            .map(run -> run.report().score())
            .distinct()
            .collect(Collectors.joining(" "));
    List<String> cells =
        List.of(
            now.toString(),
            report.name(),
            report.machine().replace(',', ';'),
            String.join(" ", report.runs().keySet()),
            Integer.toString(report.recipe().epochs()),
            report.recipe().network(),
            scores,
            share(measures.get("accuracy").mean()),
            share(measures.get("accuracy").deviation()),
            share(measures.get("auroc").mean()),
            share(measures.get("auroc").deviation()),
            share(measures.get("oscr").mean()),
            best == null ? "" : share(best.mean()),
            report.published().getOrDefault("auroc", ""),
            report.published().getOrDefault("accuracy", ""),
            String.format(Locale.ROOT, "%.0f", report.seconds()));
    return line(cells);
  }

  private static String line(FaceRunReport report, Instant now) {
    Spread accuracy = report.faces().folds().accuracy();
    return line(
        List.of(
            now.toString(),
            report.name(),
            report.machine().replace(',', ';'),
            accuracy.count() + " folds",
            Integer.toString(report.recipe().epochs()),
            report.recipe().network(),
            "cosine",
            share(accuracy.mean()),
            share(accuracy.deviation()),
            share(report.faces().roc().area()),
            "",
            "",
            "",
            report.published().getOrDefault("auroc", ""),
            report.published().getOrDefault("accuracy", ""),
            String.format(Locale.ROOT, "%.0f", report.seconds())));
  }

  private static String line(List<String> cells) {
    return String.join(",", cells) + "\n";
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
