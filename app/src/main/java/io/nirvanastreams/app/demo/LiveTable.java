package io.nirvanastreams.app.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Forms the rows of the demo's live table from the books. For one thread. */
final class LiveTable {
  static final String HEAD =
      "  time  version  sent  answered  img/s | known  right  | unknown  found  AUROC (raw)  | p50 ms  p99 ms";

  private final AnswerLedger ledger;
  private final VersionBook versions;
  private final Screen screen;
  private long lastAnswered;
  private long lastNanos = System.nanoTime();
  private double rate;

  LiveTable(AnswerLedger ledger, VersionBook versions, Screen screen) {
    this.ledger = ledger;
    this.versions = versions;
    this.screen = screen;
  }

  /** Draws the newest row: measures of the newest version that answers. */
  void draw() {
    List<Answer> answers = ledger.answers();
    updateRate(answers.size());
    if (answers.isEmpty()) {
      return;
    }
    int version = answers.get(answers.size() - 1).version();
    VersionMeasures m = VersionMeasures.of(version, answers, versions.classes(version));
    double[] latencies = latencies(answers);
    screen.row(
        String.format(
            Locale.ROOT,
            " %5s  %7d %5d  %8d  %5.0f | %5d  %5s  | %7d  %5s  %5s (%s)  | %6.0f  %6.0f",
            screen.elapsed(),
            version,
            ledger.sentCount(),
            answers.size(),
            rate,
            m.known(),
            percent(m.accuracy()),
            m.unknown(),
            percent(m.detected()),
            ratio(m.auroc()),
            ratio(m.rawAuroc()),
            quantile(latencies, 0.5),
            quantile(latencies, 0.99)));
  }

  private void updateRate(long answered) {
    long now = System.nanoTime();
    double seconds = (now - lastNanos) / 1e9;
    if (seconds > 0) {
      rate = (answered - lastAnswered) / seconds;
    }
    lastNanos = now;
    lastAnswered = answered;
  }

  /** Latencies of the last answers, ascending, in milliseconds. */
  static double[] latencies(List<Answer> answers) {
    double[] values =
        answers.subList(Math.max(0, answers.size() - 1000), answers.size()).stream()
            .mapToDouble(Answer::latencyMillis)
            .toArray();
    Arrays.sort(values);
    return values;
  }

  /** Nearest-rank quantile of ascending values; NaN of none. */
  static double quantile(double[] ascending, double q) {
    if (ascending.length == 0) {
      return Double.NaN;
    }
    return ascending[(int) Math.max(0, (long) Math.ceil(q * ascending.length) - 1)];
  }

  static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  static String ratio(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }
}
