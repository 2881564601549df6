package io.nirvanastreams.trainer.evaluate.picture;

import io.nirvanastreams.openset.measure.ConfusionMatrix;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A confusion matrix: a row a true class, a column an answer, darker where more of the row went,
 * with the counts in the cells.
 *
 * @param confusion counted to the end
 */
public record ConfusionPicture(ConfusionMatrix confusion) implements Picture {

  @Override
  public BufferedImage draw() {
    return MatrixPicture.draw(
        "rows: true class; columns: answer",
        confusion.labels(),
        new MatrixPicture.Cells() {
          @Override
          public String text(int row, int column) {
            return Long.toString(confusion.count(row, column));
          }

          @Override
          public double shade(int row, int column) {
            long total = 0;
            for (int answered = 0; answered < confusion.labels().size(); answered++) {
              total += confusion.count(row, answered);
            }
            return total == 0 ? 0 : (double) confusion.count(row, column) / total;
          }
        });
  }

  @Override
  public String csv() {
    Csv csv = new Csv("actual", "answered", "images");
    List<String> labels = confusion.labels();
    for (int actual = 0; actual < labels.size(); actual++) {
      for (int answered = 0; answered < labels.size(); answered++) {
        csv.line(labels.get(actual), labels.get(answered), confusion.count(actual, answered));
      }
    }
    return csv.toString();
  }
}
