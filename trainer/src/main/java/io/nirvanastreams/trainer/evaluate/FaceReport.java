package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.FaceVerification;
import io.nirvanastreams.openset.measure.Spread;
import io.nirvanastreams.openset.vector.Cosine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a model tells whether two pictures show the same person. Immutable.
 *
 * @param folds accuracy and threshold of each fold
 * @param tarAtFar pairs of one person accepted, by the share of other pairs that is accepted at
 *     most; the order is kept
 */
public record FaceReport(FaceVerification folds, Map<Double, Double> tarAtFar) {
  private static final List<Double> RATES = List.of(1e-1, 1e-2, 1e-3, 1e-4);

  /** Copies the map. */
  public FaceReport {
    tarAtFar = Collections.unmodifiableMap(new LinkedHashMap<>(tarAtFar));
  }

  /**
   * Compares pairs by the cosine of their features, in ten folds.
   *
   * @param first features of the first picture of each pair
   * @param second features of the second
   * @param same whether they show one person; in the order of the protocol's list, whose tenths are
   *     the folds
   * @throws IllegalArgumentException when lengths differ, there are fewer than ten pairs, or one
   *     kind of pair is missing
   */
  public static FaceReport of(float[][] first, float[][] second, boolean[] same) {
    if (first.length != same.length || second.length != same.length) {
      throw new IllegalArgumentException(
          "%d and %d features for %d pairs".formatted(first.length, second.length, same.length));
    }
    double[] cosines = new double[same.length];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = Cosine.similarity(first[i], second[i]);
    }
    Map<Double, Double> accepted = new LinkedHashMap<>();
    for (double rate : RATES) {
      accepted.put(rate, FaceVerification.tarAtFar(cosines, same, rate));
    }
    return new FaceReport(FaceVerification.of(cosines, same, FaceVerification.FOLDS), accepted);
  }

  /** The report as a table in Markdown. */
  public String toMarkdown() {
    Spread accuracy = folds.accuracy();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    rows.put(
        "accuracy, mean of %d folds".formatted(accuracy.count()),
        List.of(MeasureTable.spread(accuracy)));
    tarAtFar.forEach(
        (rate, share) -> rows.put("TAR at FAR " + rate, List.of(MeasureTable.share(share))));
    return MeasureTable.markdown("measure", List.of("value"), rows);
  }

  /** The report as JSON. */
  public String toJson() {
    return ReportJson.of(this);
  }
}
