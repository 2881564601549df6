package io.nirvanastreams.app.watch;

import io.nirvanastreams.app.clients.Gauges.Gauge;
import io.nirvanastreams.trainer.rule.LiveCounts;
import java.util.List;

/**
 * What the live version answered since it was judged last. Gauges count from the first image of a
 * calibration, and what goes wrong today would drown in the answers of last week. Labels come
 * slower than images, and have a window of their own. For one thread.
 */
final class LiveWindow {
  private String calibration = "";
  private LiveCounts now = LiveCounts.NONE;
  private LiveCounts answersBegin = LiveCounts.NONE;
  private LiveCounts labelsBegin = LiveCounts.NONE;

  /** Takes the gauges as they are now. */
  void measured(List<Gauge> gauges, int version, String thresholdVersion) {
    now =
        gauges.stream()
            .filter(one -> one.version() == version)
            .filter(one -> one.thresholdVersion().equals(thresholdVersion))
            .findFirst()
            .map(LiveWindow::counts)
            .orElse(LiveCounts.NONE);
    String measured = version + "/" + thresholdVersion;
    if (!measured.equals(calibration)) {
      boolean first = calibration.isEmpty();
      calibration = measured;
      // What is live already at the start is judged by all that it did.
      answersBegin = first ? LiveCounts.NONE : now;
      labelsBegin = answersBegin;
    }
  }

  LiveCounts answers() {
    return now.since(answersBegin);
  }

  LiveCounts labels() {
    return now.since(labelsBegin);
  }

  void answersJudged() {
    answersBegin = now;
  }

  void labelsJudged() {
    labelsBegin = now;
  }

  private static LiveCounts counts(Gauge gauge) {
    return new LiveCounts(
        gauge.alpha(),
        gauge.known().answers(),
        gauge.unknown().answers(),
        gauge.known().labelled(),
        gauge.known().ofKnownClass(),
        gauge.unknown().labelled(),
        gauge.unknown().labelled() - gauge.unknown().ofKnownClass());
  }
}
