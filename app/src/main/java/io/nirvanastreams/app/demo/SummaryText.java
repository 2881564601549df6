package io.nirvanastreams.app.demo;

import static io.nirvanastreams.app.demo.LiveTable.percent;
import static io.nirvanastreams.app.demo.LiveTable.ratio;

import io.nirvanastreams.schemas.ModelEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a summary for people. Stateless. */
final class SummaryText {
  private SummaryText() {}

  /**
   * The lines.
   *
   * @param activations events of versions that began to answer
   */
  static List<String> of(DemoSummary summary, List<ModelEvent> activations) {
    List<String> lines = new ArrayList<>();
    String score = "AUROC " + summary.first().score();
    lines.add(
        "version  classes  known  accuracy  accepted+right | unknown  found  "
            + score
            + "  AUROC raw");
    for (int i = 0; i < summary.versions().size(); i++) {
      VersionMeasures m = summary.versions().get(i);
      lines.add(
          line(
              "%7d  %7d  %5d  %8s  %14s | %7d  %5s  %" + score.length() + "s  %9s",
              m.version(),
              summary.classes().get(i),
              m.known(),
              percent(m.accuracy()),
              percent(m.acceptedAndRight()),
              m.unknown(),
              percent(m.detected()),
              ratio(m.auroc()),
              ratio(m.rawAuroc())));
    }
    lines.add("");
    lines.add(
        line(
            "accuracy on the first %d classes, version by version: %s",
            summary.first().labels().size(),
            summary.oldAccuracy().stream()
                .map(LiveTable::percent)
                .collect(Collectors.joining(" -> "))));
    if (summary.learned().isEmpty()) {
      lines.add("no class was learned");
    }
    for (int i = 0; i < summary.learned().size(); i++) {
      lines.add(
          learned(
              summary.learned().get(i),
              summary.laterRecall().get(i),
              summary.laterNearest().get(i)));
    }
    lines.add(
        line(
            "known images answered UNKNOWN by version 1: target alpha %s, measured %s of %d (the promise explains up to %s)",
            percent(summary.first().alpha()),
            percent(summary.alarms().measured()),
            summary.alarms().images(),
            percent(summary.alarms().bound())));
    lines.add(
        line(
            "images in %d, answers out %d, missing %d, doubled %d, dead letters %d",
            summary.count().images(),
            summary.count().answers(),
            summary.count().missing(),
            summary.count().doubled(),
            summary.deadLetters()));
    lines.add("swaps between two batches: " + swaps(activations));
    lines.add("");
    summary
        .promises()
        .forEach(
            (name, broken) ->
                lines.add(
                    broken.isEmpty() ? "  kept    " + name : "  BROKEN  " + name + ": " + broken));
    return lines;
  }

  private static String learned(Learned one, double laterRecall, double laterNearest) {
    String from =
        one.members() == 0
            ? ""
            : line(
                " from %d grouped images (%s of them right)", one.members(), percent(one.purity()));
    String time =
        one.timeToLearn().isZero()
            ? ""
            : line(" %.0f s after it was named", one.timeToLearn().toMillis() / 1000.0);
    return line(
        "learned %s%s: answered by version %d%s, recall on later images %s (nearest centre right: %s)",
        one.className(), from, one.version(), time, percent(laterRecall), percent(laterNearest));
  }

  private static String swaps(List<ModelEvent> activations) {
    String swaps =
        activations.stream()
            .filter(event -> event.getVersion() > 1)
            .map(
                event ->
                    line("to version %d in %.1f ms", event.getVersion(), event.getDurationMillis()))
            .collect(Collectors.joining(", "));
    return swaps.isEmpty() ? "none" : swaps;
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
