package io.nirvanastreams.openset.score;

import java.util.function.ToDoubleFunction;

/** The scores of the paper and its released code, which look at the class centres only. */
final class CentreScores {

  static final String RAW = "raw";
  static final String RELATIVE = "relative";
  static final String COSINE = "cosine";
  static final String COMBINED = "combined";

  private CentreScores() {}

  /** -min d_c, d squared. Ranks as the authors' 1/(1 + min d_c), without losing digits far away. */
  static Score raw() {
    return new Named(RAW, e -> -e.squaredDistances()[e.nearest()]);
  }

  /** max_c 1/(1 + d_c / |d|_2), with |d|_2 over the squared distances of this image. */
  static Score relative() {
    return new Named(
        RELATIVE,
        e -> {
          double sum = 0;
          for (double d : e.squaredDistances()) {
            sum += d * d;
          }
          double nearest = e.squaredDistances()[e.nearest()];
          return sum > 0 ? 1 / (1 + nearest / Math.sqrt(sum)) : 1;
        });
  }

  /** max_c cos(f, s_c). */
  static Score cosine() {
    return new Named(
        COSINE,
        e -> {
          double best = Double.NEGATIVE_INFINITY;
          for (double cosine : e.cosines()) {
            best = Math.max(best, cosine);
          }
          return best;
        });
  }

  /** -min_c dist_c / (2 + cos_c), with the plain distance. */
  static Score combined() {
    return new Named(
        COMBINED,
        e -> {
          double best = Double.POSITIVE_INFINITY;
          for (int c = 0; c < e.cosines().length; c++) {
            best = Math.min(best, Math.sqrt(e.squaredDistances()[c]) / (2 + e.cosines()[c]));
          }
          return -best;
        });
  }

  private record Named(String name, ToDoubleFunction<Evidence> function) implements Score {
    @Override
    public double of(Evidence evidence) {
      return function.applyAsDouble(evidence);
    }
  }
}
