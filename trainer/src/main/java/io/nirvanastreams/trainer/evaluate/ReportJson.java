package io.nirvanastreams.trainer.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nirvanastreams.openset.measure.ConfusionMatrix;

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
              number(score, "auroc", measures.auroc());
              number(score, "oscr", measures.oscr());
              number(score, "tnrAtTpr95", measures.tnrAtTpr95());
              number(score, "detectionAccuracy", measures.detectionAccuracy());
            });
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
