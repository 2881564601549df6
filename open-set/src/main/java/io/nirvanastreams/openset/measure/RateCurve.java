package io.nirvanastreams.openset.measure;

import java.util.Arrays;

/**
 * Accepted share of the known against accepted share of the unknown images, from accepting none to
 * accepting all, for drawing and for reading off.
 *
 * <p>One point a distinct score, since equal scores are accepted together; straight lines between
 * the points, so that the area counts ties half and equals {@link Measures#auroc} or {@link
 * Measures#oscr}. Immutable; the arrays are copies.
 */
public final class RateCurve {
  private final double[] falsePositiveRates;
  private final double[] rates;

  private RateCurve(double[] falsePositiveRates, double[] rates) {
    this.falsePositiveRates = falsePositiveRates;
    this.rates = rates;
  }

  /**
   * The receiver operating characteristic: accepted known images.
   *
   * @throws IllegalArgumentException when either is empty or holds NaN
   */
  public static RateCurve roc(double[] known, double[] unknown) {
    boolean[] all = new boolean[known.length];
    Arrays.fill(all, true);
    return oscr(known, all, unknown);
  }

  /**
   * The open-set classification rate: accepted known images that are also classified correctly, as
   * a share of all known images.
   *
   * @param correct whether each known image was classified correctly
   * @throws IllegalArgumentException when either is empty or holds NaN, or lengths differ
   */
  public static RateCurve oscr(double[] known, boolean[] correct, double[] unknown) {
    if (known.length != correct.length) {
      throw new IllegalArgumentException(
          known.length + " scores against " + correct.length + " flags");
    }
    Measures.sorted(known);
    double[] right = new double[known.length];
    int count = 0;
    for (int i = 0; i < known.length; i++) {
      if (correct[i]) {
        right[count++] = known[i] + 0.0;
      }
    }
    right = Arrays.copyOf(right, count);
    Arrays.sort(right);
    return of(right, Measures.sorted(unknown), known.length);
  }

  private static RateCurve of(double[] known, double[] unknown, int knownImages) {
    double[] x = new double[known.length + unknown.length + 1];
    double[] y = new double[x.length];
    int points = 1;
    int k = known.length;
    int u = unknown.length;
    while (k > 0 || u > 0) {
      double next =
          Math.max(
              k > 0 ? known[k - 1] : Double.NEGATIVE_INFINITY,
              u > 0 ? unknown[u - 1] : Double.NEGATIVE_INFINITY);
      while (k > 0 && known[k - 1] >= next) {
        k--;
      }
      while (u > 0 && unknown[u - 1] >= next) {
        u--;
      }
      x[points] = (double) (unknown.length - u) / unknown.length;
      y[points++] = (double) (known.length - k) / knownImages;
    }
    return new RateCurve(Arrays.copyOf(x, points), Arrays.copyOf(y, points));
  }

  /** Accepted shares of the unknown images, ascending from 0 to 1. */
  public double[] falsePositiveRates() {
    return falsePositiveRates.clone();
  }

  /** Accepted shares of the known images at the same points, ascending from 0. */
  public double[] rates() {
    return rates.clone();
  }

  /** Area under the curve. */
  public double area() {
    double area = 0;
    for (int i = 1; i < rates.length; i++) {
      area += (falsePositiveRates[i] - falsePositiveRates[i - 1]) * (rates[i] + rates[i - 1]) / 2;
    }
    return area;
  }

  /**
   * The largest accepted share of the known where no more of the unknown are accepted than this.
   */
  public double rateAt(double falsePositiveRate) {
    double best = 0;
    for (int i = 0; i < rates.length && falsePositiveRates[i] <= falsePositiveRate; i++) {
      best = rates[i];
    }
    return best;
  }
}
