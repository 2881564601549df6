package io.nirvanastreams.app.demo;

import io.nirvanastreams.openset.measure.Measures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How one model version did on the stream, from the answers and the truth.
 *
 * @param version model version
 * @param known answers whose true class the version knows
 * @param accuracy share of those whose nearest centre is right (closed set)
 * @param acceptedAndRight share of those answered KNOWN with the right label
 * @param falseUnknown share of those answered UNKNOWN: what alpha bounds
 * @param unknown answers whose true class the version does not know
 * @param detected share of those answered UNKNOWN
 * @param auroc area under the ROC curve of the deciding score; NaN while one side is empty
 * @param rawAuroc the same of the raw score (distance to the nearest centre)
 * @param recall per known class: share answered KNOWN with the right label
 */
record VersionMeasures(
    int version,
    long known,
    double accuracy,
    double acceptedAndRight,
    double falseUnknown,
    long unknown,
    double detected,
    double auroc,
    double rawAuroc,
    Map<String, Double> recall) {

  /** Measures the answers of one version; {@code classes} are the classes it knows. */
  static VersionMeasures of(int version, List<Answer> all, Set<String> classes) {
    List<Answer> answers = all.stream().filter(a -> a.version() == version).toList();
    List<Answer> known = answers.stream().filter(a -> classes.contains(a.image().truth())).toList();
    List<Answer> unknown =
        answers.stream().filter(a -> !classes.contains(a.image().truth())).toList();
    Map<String, Double> recall =
        known.stream()
            .collect(
                Collectors.groupingBy(
                    a -> a.image().truth(),
                    TreeMap::new,
                    Collectors.averagingDouble(a -> a.accepted() && a.nearestIsRight() ? 1 : 0)));
    boolean bothSides = !known.isEmpty() && !unknown.isEmpty();
    return new VersionMeasures(
        version,
        known.size(),
        share(known.stream().filter(Answer::nearestIsRight).count(), known.size()),
        share(known.stream().filter(a -> a.accepted() && a.nearestIsRight()).count(), known.size()),
        share(known.stream().filter(a -> !a.accepted()).count(), known.size()),
        unknown.size(),
        share(unknown.stream().filter(a -> !a.accepted()).count(), unknown.size()),
        bothSides ? Measures.auroc(scores(known), scores(unknown)) : Double.NaN,
        bothSides ? Measures.auroc(rawScores(known), rawScores(unknown)) : Double.NaN,
        recall);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  private static double[] scores(List<Answer> answers) {
    return answers.stream().mapToDouble(Answer::score).toArray();
  }

  private static double[] rawScores(List<Answer> answers) {
    return answers.stream().mapToDouble(Answer::rawScore).toArray();
  }
}
