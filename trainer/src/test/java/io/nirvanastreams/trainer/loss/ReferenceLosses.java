package io.nirvanastreams.trainer.loss;

import java.util.function.ToDoubleFunction;

/** The formulas of the losses in plain doubles, and their slopes by central differences. */
final class ReferenceLosses {
  private static final double STEP = 1e-5;

  private ReferenceLosses() {}

  static double hinge(double[][] features, int[] labels, double[][] centres) {
    double margin = 0.1 * Math.sqrt(squared(centres[0], centres[1]));
    double sum = 0;
    for (int i = 0; i < features.length; i++) {
      sum += Math.max(0, squared(features[i], centres[labels[i]]) - margin);
    }
    return sum / (4 * features.length);
  }

  static double softmax(double[][] features, int[] labels, double[][] centres, double smoothing) {
    int classes = centres.length;
    double sum = 0;
    for (int i = 0; i < features.length; i++) {
      double normaliser = 0;
      for (double[] centre : centres) {
        normaliser += Math.exp(product(features[i], centre));
      }
      for (int c = 0; c < classes; c++) {
        double target = smoothing / classes + (c == labels[i] ? 1 - smoothing : 0);
        sum -= target * (product(features[i], centres[c]) - Math.log(normaliser));
      }
    }
    return sum / (features.length * classes);
  }

  static double mics(double[][] features, int[] labels, double[][] centres) {
    double squares = 0;
    double ranking = 0;
    for (int i = 0; i < features.length; i++) {
      double own = squared(features[i], centres[labels[i]]);
      squares += own;
      double sum = 1;
      for (double[] centre : centres) {
        sum += Math.exp(Math.sqrt(own) - Math.sqrt(squared(features[i], centre)));
      }
      ranking += Math.log(sum);
    }
    return squares / (features.length * features[0].length) + 0.01 * ranking;
  }

  /** The term of the open-set loss that pushes background from free vertices. */
  static double free(
      double[][] features,
      int[] labels,
      double[][] centres,
      double[][] background,
      double[][] free,
      double margin,
      double cap) {
    double mean = 0;
    for (int i = 0; i < features.length; i++) {
      mean += squared(features[i], centres[labels[i]]) / features.length;
    }
    double sum = 0;
    for (double[] image : background) {
      for (double[] vertex : free) {
        sum += Math.min(cap, Math.max(0, margin + mean - squared(image, vertex)));
      }
    }
    return sum / (2 * centres.length * background.length);
  }

  static double uniformity(double[][] centres, double expand) {
    double sum = 0;
    for (int c = 0; c < centres.length; c++) {
      for (int b = 0; b < centres.length; b++) {
        sum += b == c ? 0 : Math.exp(-0.23 / (expand * expand) * squared(centres[c], centres[b]));
      }
    }
    return Math.log(sum / (centres.length * (centres.length - 1)));
  }

  /** The gradient of a value in all entries of a matrix, row after row. */
  static double[] slope(double[][] at, ToDoubleFunction<double[][]> value) {
    int width = at[0].length;
    double[] slope = new double[at.length * width];
    for (int k = 0; k < slope.length; k++) {
      double kept = at[k / width][k % width];
      at[k / width][k % width] = kept + STEP;
      double above = value.applyAsDouble(at);
      at[k / width][k % width] = kept - STEP;
      slope[k] = (above - value.applyAsDouble(at)) / (2 * STEP);
      at[k / width][k % width] = kept;
    }
    return slope;
  }

  static double[][] doubles(float[][] rows) {
    double[][] doubles = new double[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        doubles[i][j] = rows[i][j];
      }
    }
    return doubles;
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
