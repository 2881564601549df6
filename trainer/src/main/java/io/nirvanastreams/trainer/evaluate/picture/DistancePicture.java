package io.nirvanastreams.trainer.evaluate.picture;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Euclidean distances between the mean features of classes, classes that the model has never seen
 * included, lighter where they are nearer: an unseen class in the light of a known one is hard to
 * tell from it (the paper's heat maps of class means).
 *
 * @param title under the table
 * @param labels of the classes, known ones first
 * @param means one row a class, of one length
 */
@SuppressWarnings("ArrayRecordComponent")
public record DistancePicture(String title, List<String> labels, double[][] means)
    implements Picture {

  /**
   * Copies the labels.
   *
   * @throws IllegalArgumentException when labels and means differ in number
   */
  public DistancePicture {
    labels = List.copyOf(labels);
    if (labels.size() != means.length) {
      throw new IllegalArgumentException(labels.size() + " labels of " + means.length + " means");
    }
  }

  /**
   * Means of the features of each class that has images.
   *
   * @param known features of the model's classes
   * @param unknown features of others, whose names get a question mark
   */
  public static DistancePicture of(LabelledPoints known, LabelledPoints unknown) {
    List<String> labels = new ArrayList<>();
    List<double[]> means = new ArrayList<>();
    known.addMeans(labels, means, "");
    unknown.addMeans(labels, means, "? ");
    return new DistancePicture(
        "distance of class means; ? marks classes the model was not trained on",
        labels,
        means.toArray(double[][]::new));
  }

  /** Distance of two classes. */
  public double distance(int one, int other) {
    double sum = 0;
    for (int i = 0; i < means[one].length; i++) {
      double difference = means[one][i] - means[other][i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  @Override
  public BufferedImage draw() {
    double largest = 0;
    for (int i = 0; i < means.length; i++) {
      for (int j = 0; j < i; j++) {
        largest = Math.max(largest, distance(i, j));
      }
    }
    double scale = largest > 0 ? 1 / largest : 0;
    return MatrixPicture.draw(
        title,
        labels,
        new MatrixPicture.Cells() {
          @Override
          public String text(int row, int column) {
            return String.format(Locale.ROOT, "%.1f", distance(row, column));
          }

          @Override
          public double shade(int row, int column) {
            return distance(row, column) * scale;
          }
        });
  }

  @Override
  public String csv() {
    Csv csv = new Csv("class", "other", "distance");
    for (int i = 0; i < labels.size(); i++) {
      for (int j = 0; j < labels.size(); j++) {
        csv.line(labels.get(i), labels.get(j), distance(i, j));
      }
    }
    return csv.toString();
  }
}
