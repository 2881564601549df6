package io.nirvanastreams.trainer.evaluate;

import java.util.Locale;

/** Writes reports for people. Stateless. */
final class ReportText {
  private ReportText() {}

  static String of(EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    line(text, "known images       %8d", report.knownImages());
    line(text, "unknown images     %8d", report.unknownImages());
    line(text, "accuracy           %8.4f  nearest vertex, before any rejection", report.accuracy());
    line(text, "known and right    %8.4f  after the decision", report.knownRight());
    line(
        text,
        "false unknown      %8.4f  alpha %.4g, explained up to %.4f%s",
        report.falseUnknown(),
        report.alpha(),
        report.falseUnknownBound(),
        verdict(report));
    line(text, "unknown detected   %8.4f", report.unknownDetected());
    line(text, "macro F1           %8.4f  classes and unknown", report.macroF1());
    line(text, "");
    text.append(MeasureTable.text(report.scores(), report.score()));
    line(text, "");
    line(text, "%-20s %8s %8s %8s %8s", "class", "", "images", "recall", "unknown");
    for (ClassMeasures measures : report.classes()) {
      line(
          text,
          "%-20s %8s %8d %8.4f %8.4f",
          measures.label(),
          measures.known() ? "known" : "unknown",
          measures.images(),
          measures.recall(),
          measures.unknown());
    }
    return text.toString();
  }

  private static String verdict(EvaluationReport report) {
    if (Double.isNaN(report.falseUnknownBound())) {
      return " (this method promises nothing)";
    }
    return report.withinPromise() ? "" : " BROKEN";
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
