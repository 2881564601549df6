package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several evaluations of one experiment, such as the five class splits of a data set: every split,
 * and mean and deviation over them. Immutable.
 *
 * @param reports by the name of the split; the order is kept
 */
public record SplitSummary(Map<String, EvaluationReport> reports) {
  private static final String MEAN = "mean";

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException without any report, or when they compare different scores
   */
  public SplitSummary {
    reports = Collections.unmodifiableMap(new LinkedHashMap<>(reports));
    if (reports.isEmpty()) {
      throw new IllegalArgumentException("A summary needs the report of one split at least");
    }
    if (reports.values().stream().map(one -> one.scored().keySet()).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "The splits compare different scores; evaluate all with training images or none");
    }
  }

  /** What one model was worth with the score it decides by. */
  private static Map<String, Double> decided(EvaluationReport report) {
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put("accuracy", report.accuracy());
    measures.put("auroc", report.auroc());
    measures.put("oscr", report.scored().get(report.score()).measures().oscr());
    measures.put("macroF1", report.macroF1());
    measures.put("knownRight", report.knownRight());
    measures.put("unknownDetected", report.unknownDetected());
    measures.put("falseUnknown", report.falseUnknown());
    return measures;
  }

  /** Over the splits, what the models were worth with the scores they decide by, by measure. */
  public Map<String, Spread> decisions() {
    return spreads(reports.values().stream().map(SplitSummary::decided).toList());
  }

  /** Over the splits, what each score was worth: by the score, then by measure. */
  public Map<String, Map<String, Spread>> scores() {
    Map<String, Map<String, Spread>> all = new LinkedHashMap<>();
    for (String score : reports.values().iterator().next().scored().keySet()) {
      all.put(
          score,
          spreads(
              reports.values().stream()
                  .map(report -> report.scored().get(score).measures().byName())
                  .toList()));
    }
    return all;
  }

  private static Map<String, Spread> spreads(List<Map<String, Double>> runs) {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    for (String name : runs.get(0).keySet()) {
      spreads.put(name, Spread.of(runs.stream().mapToDouble(run -> run.get(name)).toArray()));
    }
    return spreads;
  }

  /** Splits with their mean and deviation, then scores by measures: two tables in Markdown. */
  public String toMarkdown() {
    Map<String, List<String>> splits = new LinkedHashMap<>();
    reports.forEach(
        (name, report) -> {
          List<String> cells = new ArrayList<>();
          decided(report).values().forEach(value -> cells.add(MeasureTable.share(value)));
          cells.add(report.score());
          splits.put(name, cells);
        });
    List<String> means =
        new ArrayList<>(decisions().values().stream().map(MeasureTable::spread).toList());
    means.add("");
    splits.put(MEAN, means);
    List<String> titles = new ArrayList<>(decisions().keySet());
    titles.add("score");
    Map<String, List<String>> scores = new LinkedHashMap<>();
    scores()
        .forEach(
            (name, measures) ->
                scores.put(name, measures.values().stream().map(MeasureTable::spread).toList()));
    return MeasureTable.markdown("split", titles, splits)
        + "\n"
        + MeasureTable.markdown("score", MeasureTable.TITLES, scores);
  }

  /** One line a split, score and measure, comma-separated: every number behind the tables. */
  public String toCsv() {
    StringBuilder csv = new StringBuilder("split,score,measure,value\n");
    reports.forEach(
        (split, report) -> {
          decided(report).forEach((name, value) -> line(csv, split, "(decision)", name, value));
          report
              .scores()
              .forEach(
                  (score, measures) ->
                      measures
                          .byName()
                          .forEach((name, value) -> line(csv, split, score, name, value)));
        });
    return csv.toString();
  }

  private static void line(
      StringBuilder csv, String split, String score, String measure, double value) {
    csv.append(split)
        .append(',')
        .append(score)
        .append(',')
        .append(measure)
        .append(',')
        .append(Double.isNaN(value) ? "" : Double.toString(value))
        .append('\n');
  }

  /** The means and deviations as JSON; what cannot be measured is null. */
  public String toJson() {
    return ReportJson.of(this);
  }
}
