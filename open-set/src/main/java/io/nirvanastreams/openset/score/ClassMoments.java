package io.nirvanastreams.openset.score;

/**
 * Mean and deviation of one value over the images of each class, drawn towards those of all classes
 * by the weight of ten images, so that a class of few images gets usable ones. Not thread-safe.
 */
final class ClassMoments {
  private static final double PRIOR = 10;

  /** Of the variance within all classes: what the variance of one may not fall below. */
  private static final double LEAST = 1e-4;

  private final double[] counts;
  private final double[] sums;
  private final double[] squares;

  /** Of classes without images. */
  ClassMoments(int classes) {
    counts = new double[classes];
    sums = new double[classes];
    squares = new double[classes];
  }

  /** One more image of a class. */
  void add(int label, double value) {
    counts[label]++;
    sums[label] += value;
    squares[label] += value * value;
  }

  /** One a class; that of all classes for a class without images. */
  float[] means() {
    double all = mean();
    float[] means = new float[counts.length];
    for (int c = 0; c < means.length; c++) {
      means[c] = (float) ((sums[c] + PRIOR * all) / (counts[c] + PRIOR));
    }
    return means;
  }

  /**
   * One a class, above 0; 1 where all values of a class are alike. Drawn together as logarithms:
   * the deviations of classes differ by factors.
   */
  float[] deviations() {
    double within = 0;
    double count = 0;
    for (int c = 0; c < counts.length; c++) {
      within += scatter(c);
      count += counts[c];
    }
    double all = count == 0 || within <= 0 ? 1 : within / count;
    float[] deviations = new float[counts.length];
    for (int c = 0; c < deviations.length; c++) {
      double own = counts[c] < 2 ? all : Math.max(scatter(c) / (counts[c] - 1), LEAST * all);
      double share = counts[c] / (counts[c] + PRIOR);
      deviations[c] = (float) Math.sqrt(all * Math.pow(own / all, share));
    }
    return deviations;
  }

  private double mean() {
    double sum = 0;
    double count = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += sums[c];
      count += counts[c];
    }
    return count == 0 ? 0 : sum / count;
  }

  /** Squared differences from the mean of the class, summed. */
  private double scatter(int label) {
    return counts[label] == 0
        ? 0
        : Math.max(0, squares[label] - sums[label] * sums[label] / counts[label]);
  }
}
