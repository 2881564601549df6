package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.guarantee.AlarmRate;
import io.nirvanastreams.app.guarantee.CentresNeverMove;
import io.nirvanastreams.app.guarantee.Evidence;
import io.nirvanastreams.app.guarantee.Guarantee;
import io.nirvanastreams.app.guarantee.OneModelPerAnswer;
import io.nirvanastreams.app.guarantee.OrderPerSource;
import io.nirvanastreams.app.guarantee.SentImage;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the demo came to: measures per version, what was learned, and each promise with why it is
 * broken. Immutable.
 *
 * @param first calibration of version 1
 * @param versions measures per version that answered, in order
 * @param oldAccuracy per such version, closed-set accuracy on the classes of version 1
 * @param classes per such version, how many classes it knows
 * @param learned classes learned, in order
 * @param laterRecall per learned class, share of its later images answered KNOWN with its name
 * @param laterNearest per learned class, share of its later images nearest to its centre
 * @param alarms known images answered UNKNOWN
 * @param count images and answers on the topics
 * @param deadLetters dead letters seen
 * @param promises promise by name, with why it is broken; empty when it was kept
 */
record DemoSummary(
    OpenSetCalibration first,
    List<VersionMeasures> versions,
    List<Double> oldAccuracy,
    List<Integer> classes,
    List<Learned> learned,
    List<Double> laterRecall,
    List<Double> laterNearest,
    AlarmRate alarms,
    TopicCount count,
    long deadLetters,
    Map<String, String> promises) {

  /**
   * Sums up.
   *
   * @param classesAsked classes that had to be learned for the loop to count as closed; with 0,
   *     which is for data that nobody has tried, nothing is promised about it
   */
  static DemoSummary of(
      OpenSetCalibration first,
      int classesAsked,
      DemoBooks books,
      List<Learned> learned,
      TopicCount count) {
    List<Answer> answers = books.ledger().answers();
    List<VersionMeasures> measures =
        books.versions().versions().stream()
            .map(version -> VersionMeasures.of(version, answers, books.versions().classes(version)))
            .filter(m -> m.known() + m.unknown() > 0)
            .toList();
    Evidence evidence = books.ledger().evidence(books.versions().history());
    AlarmRate alarms = alarms(first, evidence);
    Map<String, String> promises = new LinkedHashMap<>();
    promises.put("EveryImageAnsweredOnce", count.exact() ? "" : count.toString());
    for (Guarantee guarantee :
        List.of(new OrderPerSource(), new OneModelPerAnswer(), new CentresNeverMove())) {
      promises.put(
          guarantee.name(), guarantee.check(evidence).violations().stream().findFirst().orElse(""));
    }
    promises.put(
        "CalibratedAlarms",
        alarms.withinPromise()
            ? ""
            : String.format(
                Locale.ROOT, "%.4f measured, %.4f explained", alarms.measured(), alarms.bound()));
    if (classesAsked > 0) {
      promises.put(
          "TheLoopCloses",
          learned.size() >= classesAsked
              ? ""
              : learned.size() + " of " + classesAsked + " classes were learned");
    }
    return new DemoSummary(
        first,
        measures,
        measures.stream()
            .map(m -> oldAccuracy(m.version(), answers, Set.copyOf(first.labels())))
            .toList(),
        measures.stream().map(m -> books.versions().classes(m.version()).size()).toList(),
        List.copyOf(learned),
        learned.stream()
            .map(one -> later(one, answers, a -> a.accepted() && a.nearestIsRight()))
            .toList(),
        learned.stream().map(one -> later(one, answers, Answer::nearestIsRight)).toList(),
        alarms,
        count,
        books.deadLetters().get(),
        promises);
  }

  /** Whether every promise was kept. */
  boolean kept() {
    return promises.values().stream().allMatch(String::isEmpty);
  }

  /** Of version 1 alone: for later ones calibration and stream are not exchangeable. */
  private static AlarmRate alarms(OpenSetCalibration first, Evidence evidence) {
    Map<String, String> truths =
        evidence.images().stream().collect(Collectors.toMap(SentImage::eventId, SentImage::truth));
    return AlarmRate.of(1, first, evidence.answers(), truths, AlarmRate.CONFIDENCE);
  }

  private static double oldAccuracy(int version, List<Answer> answers, Set<String> old) {
    return answers.stream()
        .filter(a -> a.version() == version && old.contains(a.image().truth()))
        .mapToDouble(a -> a.nearestIsRight() ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  private static double later(Learned one, List<Answer> answers, Predicate<Answer> right) {
    return answers.stream()
        .filter(a -> a.version() >= one.version() && a.image().truth().equals(one.className()))
        .mapToDouble(a -> right.test(a) ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }
}
