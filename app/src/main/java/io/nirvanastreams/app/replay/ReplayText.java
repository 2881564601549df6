package io.nirvanastreams.app.replay;

import io.nirvanastreams.app.replay.ReplayReport.Change;
import io.nirvanastreams.app.replay.ReplayReport.Difference;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A report as lines for people; the changes make a table of their own. Stateless. */
public final class ReplayText {
  private ReplayText() {}

  /** Writes everything but the table of changes. */
  public static void summary(ReplayReport report, Consumer<String> out) {
    out.accept(
        "images      " + count(report.answered()) + " at offsets " + offsets(report.offsets()));
    if (!report.complete()) {
      out.accept("            ended early: the range is not answered to its end");
    }
    if (report.unreadable() > 0) {
      out.accept("            " + count(report.unreadable()) + " records hold no image");
    }
    out.accept("versions    " + versions(report.versions()));
    out.accept(
        "answers     "
            + report.outcomes().entrySet().stream()
                .map(
                    entry ->
                        entry.getKey().toLowerCase(Locale.ROOT) + " " + count(entry.getValue()))
                .collect(Collectors.joining("  ")));
    if (!report.topic().isEmpty()) {
      out.accept("written to  " + report.topic());
    }
    if (report.difference() != null) {
      difference(report.difference(), out);
    }
  }

  /** What a kind of change is called. */
  public static String kind(Change change) {
    return change.kind().equals("LABEL")
        ? "another class"
        : change.kind().toLowerCase(Locale.ROOT).replace("_to_", " -> ");
  }

  private static void difference(Difference difference, Consumer<String> out) {
    out.accept(
        "compared    "
            + count(difference.compared())
            + " with the stream's answers of versions "
            + versions(difference.versions()));
    if (difference.unanswered() > 0) {
      out.accept(
          "            "
              + count(difference.unanswered())
              + " have no answer on the stream, yet or any more");
    }
    if (difference.repeated() > 0) {
      out.accept(
          "            "
              + count(difference.repeated())
              + " came with the event id of another; only the last of them is compared");
    }
    out.accept(
        String.format(
            Locale.ROOT,
            "agreement   %.4f (%,d of %,d); %,d equal in all but the timings",
            difference.agreement(),
            difference.agreeing(),
            difference.compared(),
            difference.identical()));
  }

  private static String versions(SortedMap<Integer, Long> versions) {
    return versions.isEmpty()
        ? "none"
        : versions.entrySet().stream()
            .map(
                (Map.Entry<Integer, Long> one) -> one.getKey() + " (" + count(one.getValue()) + ")")
            .collect(Collectors.joining(", "));
  }

  private static String offsets(String offsets) {
    return offsets.isEmpty() ? "none" : offsets;
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
