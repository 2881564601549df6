package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tables of scores by measures, for a terminal and for Markdown. Stateless. */
final class MeasureTable {
  /** Over the columns, in the order of {@link ScoreMeasures#byName}. */
  static final List<String> TITLES =
      List.of(
          "AUROC", "OSCR", "TNR@95", "detect", "AUIN", "AUOUT", "CCR@10%", "CCR@1%", "CCR@0.1%");

  private static final int NAME = 20;

  private MeasureTable() {}

  /** A line a score; the chosen one is marked. */
  static String text(Map<String, ScoreMeasures> scores, String chosen) {
    StringBuilder text = new StringBuilder(row("score", TITLES, 8)).append('\n');
    scores.forEach(
        (name, measures) ->
            text.append(row(name, cells(measures, MeasureTable::share), 8))
                .append(name.equals(chosen) ? "  chosen" : "")
                .append('\n'));
    return text.toString();
  }

  /** The same in Markdown, without a mark. */
  static String markdown(String first, List<String> titles, Map<String, List<String>> rows) {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(first).append(" | ").append(String.join(" | ", titles)).append(" |\n");
    text.append("|---".repeat(titles.size() + 1)).append("|\n");
    rows.forEach(
        (name, cells) ->
            text.append("| ")
                .append(name)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n"));
    return text.toString();
  }

  static List<String> cells(ScoreMeasures measures, Function<Double, String> format) {
    return measures.byName().values().stream().map(format).toList();
  }

  static String row(String name, List<String> cells, int width) {
    return String.format(Locale.ROOT, "%-" + NAME + "s", name)
        + cells.stream()
            .map(cell -> String.format(Locale.ROOT, " %" + width + "s", cell))
            .collect(Collectors.joining());
  }

  /** Mean and deviation; the mean alone where there is no deviation. */
  static String spread(Spread spread) {
    return Double.isNaN(spread.deviation())
        ? share(spread.mean())
        : String.format(Locale.ROOT, "%.4f ± %.4f", spread.mean(), spread.deviation());
  }

  static String share(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
