package io.nirvanastreams.openset.measure;

import java.util.List;

/**
 * Counts of true against answered class; a class for unknown may be one of them.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class ConfusionMatrix {

  private final List<String> labels;
  private final long[][] counts;

  /**
   * An empty matrix.
   *
   * @param labels names of rows and columns, in order
   */
  public ConfusionMatrix(List<String> labels) {
    this.labels = List.copyOf(labels);
    this.counts = new long[labels.size()][labels.size()];
  }

  /** Counts one image. */
  public void add(int actual, int answered) {
    counts[actual][answered]++;
  }

  /** Names of rows and columns, in order. */
  public List<String> labels() {
    return labels;
  }

  /** Images of the class {@code actual} that were answered {@code answered}. */
  public long count(int actual, int answered) {
    return counts[actual][answered];
  }

  /** All images counted. */
  public long total() {
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += actual(i);
    }
    return sum;
  }

  /** Share on the diagonal; 0 for an empty matrix. */
  public double accuracy() {
    long correct = 0;
    for (int i = 0; i < counts.length; i++) {
      correct += counts[i][i];
    }
    return ratio(correct, total());
  }

  /** Share of the images of a class that were answered so; 0 when there were none. */
  public double recall(int index) {
    return ratio(counts[index][index], actual(index));
  }

  /** Share of the answers of a class that were right; 0 when there were none. */
  public double precision(int index) {
    long answered = 0;
    for (long[] row : counts) {
      answered += row[index];
    }
    return ratio(counts[index][index], answered);
  }

  /** Mean over all classes of the harmonic mean of precision and recall. */
  public double macroF1() {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      double precision = precision(i);
      double recall = recall(i);
      sum += precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }
    return counts.length == 0 ? 0 : sum / counts.length;
  }

  private long actual(int index) {
    long sum = 0;
    for (long count : counts[index]) {
      sum += count;
    }
    return sum;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
