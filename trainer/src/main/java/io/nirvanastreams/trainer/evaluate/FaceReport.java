package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.FaceVerification;
import io.nirvanastreams.openset.measure.RateCurve;
import io.nirvanastreams.openset.measure.Spread;
import io.nirvanastreams.openset.vector.Cosine;
import io.nirvanastreams.trainer.evaluate.picture.RatePicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How well a model tells whether two pictures show the same person. Immutable.
 *
 * @param folds accuracy and threshold of each fold
 * @param tarAtFar pairs of one person accepted, by the share of other pairs that is accepted at
 *     most; only shares of which the other pairs are enough to be one pair or more; the order is
 *     kept
 * @param roc pairs of one person accepted against other pairs accepted
 * @param samePairs how many pairs show one person
 * @param otherPairs how many show two
 */
public record FaceReport(
    FaceVerification folds,
    Map<Double, Double> tarAtFar,
    RateCurve roc,
    int samePairs,
    int otherPairs) {
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
    return of(first, second, same, FaceVerification.FOLDS);
  }

  /**
   * The same in another number of folds.
   *
   * @param folds equal parts of the pairs in their order, 2 or more
   */
  public static FaceReport of(float[][] first, float[][] second, boolean[] same, int folds) {
    if (first.length != same.length || second.length != same.length) {
      throw new IllegalArgumentException(
          "%d and %d features for %d pairs".formatted(first.length, second.length, same.length));
    }
    double[] cosines = new double[same.length];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = Cosine.similarity(first[i], second[i]);
    }
    return of(cosines, same, folds);
  }

  /** The same of similarities, higher = more alike. */
  public static FaceReport of(double[] similarities, boolean[] same, int folds) {
    double[] alike = chosen(similarities, same, true);
    double[] others = chosen(similarities, same, false);
    RateCurve roc = RateCurve.roc(alike, others);
    Map<Double, Double> accepted = new LinkedHashMap<>();
    for (double rate : RATES) {
      // A share of which there is no whole pair cannot be read off.
      if (rate * others.length >= 1) {
        accepted.put(rate, FaceVerification.tarAtFar(similarities, same, rate));
      }
    }
    return new FaceReport(
        FaceVerification.of(similarities, same, folds), accepted, roc, alike.length, others.length);
  }

  private static double[] chosen(double[] similarities, boolean[] same, boolean kind) {
    return IntStream.range(0, same.length)
        .filter(i -> same[i] == kind)
        .mapToDouble(i -> similarities[i])
        .toArray();
  }

  /** Writes {@code roc.png} and {@code roc.csv}. */
  public void writePictures(Path folder) throws IOException {
    RatePicture.pairs(Map.of("cosine", roc)).write(folder, "roc");
  }

  /** The report as tables in Markdown. */
  public String toMarkdown() {
    Spread accuracy = folds.accuracy();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    rows.put(
        "accuracy, mean of %d folds".formatted(accuracy.count()),
        List.of(MeasureTable.spread(accuracy)));
    rows.put("AUROC", List.of(MeasureTable.share(roc.area())));
    for (double rate : RATES) {
      Double share = tarAtFar.get(rate);
      rows.put(
          "TAR at FAR " + rate,
          List.of(
              share == null
                  ? String.format(Locale.ROOT, "needs %.0f pairs of two persons", 1 / rate)
                  : MeasureTable.share(share)));
    }
    return "%d pairs of one person, %d of two.%n%n".formatted(samePairs, otherPairs)
        + MeasureTable.markdown("measure", List.of("value"), rows)
        + "\nThe threshold of each fold is the best on the others.\n\n"
        + MeasureTable.markdown("fold", List.of("accuracy", "threshold"), foldRows());
  }

  private Map<String, List<String>> foldRows() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (int fold = 0; fold < folds.accuracies().size(); fold++) {
      rows.put(
          Integer.toString(fold + 1),
          List.of(
              MeasureTable.share(folds.accuracies().get(fold)),
              String.format(Locale.ROOT, "%.4f", folds.thresholds().get(fold))));
    }
    return rows;
  }

  /** The report as JSON. */
  public String toJson() {
    return ReportJson.of(this);
  }
}
