package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.decision.Decision;
import io.nirvanastreams.openset.decision.DecisionRule;
import io.nirvanastreams.openset.decision.DecisionRules;
import io.nirvanastreams.openset.measure.Spread;
import io.nirvanastreams.openset.parameter.FittedParameters;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.openset.score.Score;
import io.nirvanastreams.trainer.data.Shuffle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Measures the promise of a conformal rule as it is made: over calibration sets drawn anew, known
 * images are answered unknown at most alpha of the time. A single calibration may be unlucky; the
 * mean over many may not. Immutable.
 *
 * @param rows one a method and alpha
 */
public record ConformalStudy(List<Row> rows) {
  /** Standard errors that the mean may lie above alpha: passed once in a thousand by chance. */
  private static final double ERRORS = 3.1;

  /**
   * The rates of one method at one alpha over the draws.
   *
   * @param method a conformal one of {@link DecisionRules#names()}
   * @param alpha the rate promised at most
   * @param rates known images answered unknown, one share a draw
   */
  public record Row(String method, double alpha, List<Double> rates) {

    /** Copies the list. */
    public Row {
      rates = List.copyOf(rates);
    }

    /** Mean and deviation over the draws. */
    public Spread rate() {
      return Spread.of(rates.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Deviation of the mean: the sampling error of the study. */
    public double error() {
      return rate().deviation() / Math.sqrt(rates.size());
    }

    /** Whether the mean is at most alpha and its sampling error. */
    public boolean kept() {
      return rate().mean() <= alpha + ERRORS * error();
    }
  }

  /** Copies the list. */
  public ConformalStudy {
    rows = List.copyOf(rows);
  }

  /**
   * Draws and measures. Draws share images, so they are not independent; the error of the mean is
   * then a little larger than stated.
   *
   * @param score fitted to training images
   * @param centres of the classes, in vertex order
   * @param heldOut known images that nothing was fitted to or chosen by; each draw takes some to
   *     calibrate and judges the others
   * @param calibrationImages how many each draw calibrates with
   * @param draws how many, at least 2
   * @throws IllegalArgumentException when there are too few images or draws
   */
  public static ConformalStudy of(
      Score score,
      float[][] centres,
      Features heldOut,
      int calibrationImages,
      List<Double> alphas,
      int draws,
      long seed) {
    if (calibrationImages < 1 || calibrationImages >= heldOut.size() || draws < 2) {
      throw new IllegalArgumentException(
          "%d of %d images cannot calibrate %d draws; take 2 draws or more, and leave images to judge"
              .formatted(calibrationImages, heldOut.size(), draws));
    }
    int[] predicted = new int[heldOut.size()];
    double[] scores = new double[heldOut.size()];
    for (int i = 0; i < scores.length; i++) {
      Evidence evidence = Evidence.of(heldOut.features()[i], heldOut.representations()[i], centres);
      predicted[i] = evidence.nearest();
      scores[i] = score.of(evidence);
    }
    List<Row> rows = new ArrayList<>();
    for (String method : List.of(DecisionRules.CONFORMAL, DecisionRules.CONFORMAL_GLOBAL)) {
      for (double alpha : alphas) {
        List<Double> rates = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
          // The same draws for every method and alpha: differences are then the methods' own.
          int[] order = IntStream.range(0, scores.length).toArray();
          Shuffle.shuffle(order, new Random(Shuffle.seed(seed, draw)));
          rates.add(
              rate(method, alpha, predicted, scores, order, calibrationImages, centres.length));
        }
        rows.add(new Row(method, alpha, rates));
      }
    }
    return new ConformalStudy(rows);
  }

  private static double rate(
      String method,
      double alpha,
      int[] predicted,
      double[] scores,
      int[] order,
      int calibrating,
      int classes) {
    List<DoubleStream.Builder> byClass = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      byClass.add(DoubleStream.builder());
    }
    for (int i = 0; i < calibrating; i++) {
      byClass.get(predicted[order[i]]).add(scores[order[i]]);
    }
    DecisionRule rule =
        DecisionRules.byName(
            method,
            alpha,
            byClass.stream().map(builder -> builder.build().toArray()).toList(),
            FittedParameters.NONE);
    int refused = 0;
    for (int i = calibrating; i < order.length; i++) {
      Decision decision = rule.decide(predicted[order[i]], scores[order[i]]);
      refused += decision instanceof Decision.Unknown ? 1 : 0;
    }
    return (double) refused / (order.length - calibrating);
  }

  /** The study as a table in Markdown. */
  public String toMarkdown() {
    Map<String, List<String>> cells = new LinkedHashMap<>();
    for (Row row : rows) {
      cells.put(
          row.method() + ", alpha " + row.alpha(),
          List.of(
              MeasureTable.share(row.rate().mean()),
              String.format(Locale.ROOT, "%.5f", row.error()),
              MeasureTable.share(row.rates().stream().mapToDouble(r -> r).max().orElseThrow()),
              Integer.toString(row.rates().size()),
              row.kept() ? "kept" : "BROKEN"));
    }
    return MeasureTable.markdown(
        "rule", List.of("mean rate", "error of the mean", "largest", "draws", "promise"), cells);
  }
}
