package io.nirvanastreams.trainer.evaluate.picture;

import java.util.List;

/**
 * Features with their classes, as pictures take them. Rows are shared and must not be written to.
 *
 * @param classes names that the labels index
 * @param points one row an image
 * @param labels one index an image
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabelledPoints(List<String> classes, float[][] points, int[] labels) {

  /**
   * Copies the names.
   *
   * @throws IllegalArgumentException when points and labels differ in number
   */
  public LabelledPoints {
    classes = List.copyOf(classes);
    if (points.length != labels.length) {
      throw new IllegalArgumentException(points.length + " points of " + labels.length + " labels");
    }
  }

  void addMeans(List<String> names, List<double[]> means, String mark) {
    for (int c = 0; c < classes.size(); c++) {
      double[] sum = null;
      int count = 0;
      for (int i = 0; i < points.length; i++) {
        if (labels[i] == c) {
          sum = sum == null ? new double[points[i].length] : sum;
          for (int j = 0; j < sum.length; j++) {
            sum[j] += points[i][j];
          }
          count++;
        }
      }
      if (count > 0) {
        for (int j = 0; j < sum.length; j++) {
          sum[j] /= count;
        }
        names.add(mark + classes.get(c));
        means.add(sum);
      }
    }
  }
}
