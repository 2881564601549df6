package io.nirvanastreams.trainer.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nirvanastreams.openset.measure.ConfusionMatrix;
import io.nirvanastreams.openset.measure.Spread;
import io.nirvanastreams.trainer.evaluate.picture.ReliabilityPicture;
import java.util.Map;

/** Writes reports for programs. Stateless. */
final class ReportJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportJson() {}

  static String of(EvaluationReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("knownImages", report.knownImages());
    root.put("unknownImages", report.unknownImages());
    number(root, "accuracy", report.accuracy());
    root.put("score", report.score());
    number(root, "alpha", report.alpha());
    number(root, "falseUnknown", report.falseUnknown());
    number(root, "falseUnknownBound", report.falseUnknownBound());
    number(root, "knownRight", report.knownRight());
    number(root, "unknownDetected", report.unknownDetected());
    number(root, "macroF1", report.macroF1());
    ObjectNode scores = root.putObject("scores");
    report
        .scores()
        .forEach(
            (name, measures) -> {
              ObjectNode score = scores.putObject(name);
              measures.byName().forEach((measure, value) -> number(score, measure, value));
            });
    ArrayNode reliability = root.putArray("reliability");
    for (ReliabilityPicture.Point point : report.pictures().reliability().points()) {
      ObjectNode entry = reliability.addObject();
      number(entry, "alpha", point.alpha());
      number(entry, "falseUnknown", point.measured());
      number(entry, "bound", point.bound());
    }
    ArrayNode classes = root.putArray("classes");
    for (ClassMeasures measures : report.classes()) {
      ObjectNode entry = classes.addObject();
      entry.put("label", measures.label());
      entry.put("known", measures.known());
      entry.put("images", measures.images());
      number(entry, "recall", measures.recall());
      number(entry, "unknown", measures.unknown());
    }
    confusion(root.putObject("confusion"), report.confusion());
    return text(root);
  }

  static String of(SplitSummary summary) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode splits = root.putArray("splits");
    summary.reports().keySet().forEach(splits::add);
    spreads(root.putObject("decisions"), summary.decisions());
    ObjectNode scores = root.putObject("scores");
    summary.scores().forEach((name, spreads) -> spreads(scores.putObject(name), spreads));
    return text(root);
  }

  static String of(FaceReport report) {
    ObjectNode root = JSON.createObjectNode();
    spreads(root, Map.of("accuracy", report.folds().accuracy()));
    number(root, "auroc", report.roc().area());
    root.put("samePairs", report.samePairs());
    root.put("otherPairs", report.otherPairs());
    ArrayNode folds = root.putArray("folds");
    report.folds().accuracies().forEach(folds::add);
    ArrayNode thresholds = root.putArray("thresholds");
    // As text where it accepts all pairs or none: JSON has no infinity.
    report
        .folds()
        .thresholds()
        .forEach(
            value -> {
              if (Double.isInfinite(value)) {
                thresholds.add(value.toString());
              } else {
                thresholds.add(value);
              }
            });
    ObjectNode rates = root.putObject("tarAtFar");
    report.tarAtFar().forEach((rate, share) -> number(rates, rate.toString(), share));
    return text(root);
  }

  private static void spreads(ObjectNode node, Map<String, Spread> spreads) {
    spreads.forEach(
        (name, spread) -> {
          ObjectNode entry = node.putObject(name);
          number(entry, "mean", spread.mean());
          number(entry, "deviation", spread.deviation());
        });
  }

  private static String text(ObjectNode root) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report of numbers and names must be writable", e);
    }
  }

  private static void confusion(ObjectNode node, ConfusionMatrix confusion) {
    ArrayNode labels = node.putArray("labels");
    confusion.labels().forEach(labels::add);
    ArrayNode rows = node.putArray("rows");
    for (int actual = 0; actual < confusion.labels().size(); actual++) {
      ArrayNode row = rows.addArray();
      for (int answered = 0; answered < confusion.labels().size(); answered++) {
        row.add(confusion.count(actual, answered));
      }
    }
  }

  /** JSON has no NaN. */
  private static void number(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }
}
