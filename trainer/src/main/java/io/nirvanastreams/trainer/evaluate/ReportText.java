package io.nirvanastreams.trainer.evaluate;

import java.util.Locale;

/** Writes reports for people. Stateless. */
final class ReportText {
  private ReportText() {}

  static String of(EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    line(text, "known images       %8d", report.knownImages());
    line(text, "unknown images     %8d", report.unknownImages());
    line(
        text,
        "accuracy           %8s  nearest vertex, before any rejection",
        share(report.accuracy()));
    line(text, "known and right    %8s  after the decision", share(report.knownRight()));
    line(
        text,
        "false unknown      %8s  alpha %.4g, explained up to %s%s",
        share(report.falseUnknown()),
        report.alpha(),
        share(report.falseUnknownBound()),
        verdict(report));
    line(text, "unknown detected   %8s", share(report.unknownDetected()));
    line(text, "macro F1           %8s  classes and unknown", share(report.macroF1()));
    line(text, "");
    text.append(MeasureTable.text(report.scores(), report.score()));
    line(text, "");
    line(text, "%-20s %8s %8s %8s %8s", "class", "", "images", "recall", "unknown");
    for (ClassMeasures measures : report.classes()) {
      line(
          text,
          "%-20s %8s %8d %8s %8s",
          measures.label(),
          measures.known() ? "known" : "unknown",
          measures.images(),
          share(measures.recall()),
          share(measures.unknown()));
    }
    return text.toString();
  }

  private static String verdict(EvaluationReport report) {
    if (Double.isNaN(report.falseUnknownBound())) {
      return " (this method promises nothing)";
    }
    return report.withinPromise() ? "" : " BROKEN";
  }

  /** A dash for what cannot be measured. */
  private static String share(double value) {
    return MeasureTable.share(value);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
