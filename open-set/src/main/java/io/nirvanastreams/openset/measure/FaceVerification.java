package io.nirvanastreams.openset.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether two pictures show the same person, measured as for Labeled Faces in the Wild (Huang,
 * Ramesh, Berg, Learned-Miller, technical report 07-49, 2007, section IV): pairs fall into folds in
 * their order, and each fold is judged with the threshold that does best on the others. Immutable.
 *
 * @param accuracies share of the pairs of each fold that were judged right
 * @param thresholds similarity from which on a pair of the fold counted as the same person
 */
public record FaceVerification(List<Double> accuracies, List<Double> thresholds) {
  /** Folds of the standard protocol. */
  public static final int FOLDS = 10;

  /** Copies the lists. */
  public FaceVerification {
    accuracies = List.copyOf(accuracies);
    thresholds = List.copyOf(thresholds);
  }

  /**
   * Measures.
   *
   * @param similarities of the pairs, higher = more alike, such as cosines
   * @param same whether a pair shows one person
   * @param folds parts of equal size up to one pair, at least 2 and at most as many as pairs
   * @throws IllegalArgumentException for other numbers, or when a similarity is NaN
   */
  public static FaceVerification of(double[] similarities, boolean[] same, int folds) {
    int count = similarities.length;
    if (count != same.length) {
      throw new IllegalArgumentException(count + " similarities against " + same.length + " flags");
    }
    if (folds < 2 || folds > count) {
      throw new IllegalArgumentException(
          count + " pairs cannot be dealt into " + folds + " folds; take 2 to " + count);
    }
    Measures.sorted(similarities);
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted((a, b) -> Double.compare(similarities[a], similarities[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Double> accuracies = new ArrayList<>();
    List<Double> thresholds = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      int from = (int) ((long) count * fold / folds);
      int to = (int) ((long) count * (fold + 1) / folds);
      int[] others = Arrays.stream(order).filter(i -> i < from || i >= to).toArray();
      double threshold = best(similarities, same, others);
      long right =
          IntStream.range(from, to).filter(i -> similarities[i] >= threshold == same[i]).count();
      accuracies.add((double) right / (to - from));
      thresholds.add(threshold);
    }
    return new FaceVerification(accuracies, thresholds);
  }

  /**
   * In the middle of the gap where most pairs are judged right, the lowest of equally good gaps.
   */
  private static double best(double[] similarities, boolean[] same, int[] ascending) {
    int right = 0;
    for (int i : ascending) {
      right += same[i] ? 1 : 0;
    }
    int most = right;
    double threshold = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < ascending.length; k++) {
      right += same[ascending[k]] ? -1 : 1;
      double below = similarities[ascending[k]];
      double above =
          k + 1 < ascending.length ? similarities[ascending[k + 1]] : Double.POSITIVE_INFINITY;
      if (above > below && right > most) {
        most = right;
        double middle = below + (above - below) / 2;
        // Between neighbouring doubles there is no middle.
        threshold = middle > below ? middle : above;
      }
    }
    return threshold;
  }

  /** Mean and deviation of the accuracy over the folds. */
  public Spread accuracy() {
    return Spread.of(accuracies.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Share of the pairs of one person that are accepted where at most a share of the other pairs is.
   *
   * @param falseAcceptRate such as 1e-3
   * @throws IllegalArgumentException when there are no pairs of one kind, or a similarity is NaN
   */
  public static double tarAtFar(double[] similarities, boolean[] same, double falseAcceptRate) {
    return RateCurve.roc(chosen(similarities, same, true), chosen(similarities, same, false))
        .rateAt(falseAcceptRate);
  }

  private static double[] chosen(double[] similarities, boolean[] same, boolean kind) {
    if (similarities.length != same.length) {
      throw new IllegalArgumentException(
          similarities.length + " similarities against " + same.length + " flags");
    }
    return IntStream.range(0, same.length)
        .filter(i -> same[i] == kind)
        .mapToDouble(i -> similarities[i])
        .toArray();
  }
}
