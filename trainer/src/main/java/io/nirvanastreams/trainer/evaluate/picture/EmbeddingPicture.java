package io.nirvanastreams.trainer.evaluate.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Two-dimensional features by class, with a cross at each centre: how a loss spreads the classes,
 * and where unknown images fall.
 *
 * @param title above the picture
 * @param centres of the classes of {@code known}, two values each
 * @param known images of the model's classes
 * @param unknown images of others; drawn grey
 */
@SuppressWarnings("ArrayRecordComponent")
public record EmbeddingPicture(
    String title, float[][] centres, LabelledPoints known, LabelledPoints unknown)
    implements Picture {
  private static final int SIDE = 800;
  private static final int DOT = 4;
  private static final int CENTRE = 32;

  /**
   * Checks the dimension.
   *
   * @throws IllegalArgumentException for points or centres that are not of two values
   */
  public EmbeddingPicture {
    check(centres);
    check(known.points());
    check(unknown.points());
  }

  private static void check(float[][] rows) {
    for (float[] row : rows) {
      if (row.length != 2) {
        throw new IllegalArgumentException(
            "Features of " + row.length + " values are not drawn; train with a dimension of 2");
      }
    }
  }

  @Override
  public BufferedImage draw() {
    XYChart chart = Charts.of(SIDE + SIDE / 5, SIDE, title, "", "");
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setMarkerSize(DOT);
    // Unknown images first, so that they do not cover the known ones.
    int[] all = IntStream.range(0, unknown.points().length).toArray();
    add(chart, "unknown", unknown.points(), all, new Color(0xb0b0b0));
    int classes = known.classes().size();
    for (int c = 0; c < classes; c++) {
      int label = c;
      int[] of =
          IntStream.range(0, known.labels().length)
              .filter(i -> known.labels()[i] == label)
              .toArray();
      add(chart, known.classes().get(c), known.points(), of, Charts.colour(c));
    }
    // Series share one size of marks; an annotation can be larger.
    chart.getStyler().setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.BOLD, CENTRE));
    for (float[] centre : centres) {
      chart.addAnnotation(new AnnotationText("+", centre[0], centre[1], false));
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static void add(
      XYChart chart, String name, float[][] points, int[] indices, Color colour) {
    if (indices.length == 0) {
      return;
    }
    double[] x = IntStream.of(indices).mapToDouble(i -> points[i][0]).toArray();
    double[] y = IntStream.of(indices).mapToDouble(i -> points[i][1]).toArray();
    // A class may be called unknown, too.
    String free = chart.getSeriesMap().containsKey(name) ? name + " (class)" : name;
    XYSeries series = chart.addSeries(free, x, y);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(colour);
  }

  @Override
  public String csv() {
    Csv csv = new Csv("kind", "class", "x", "y");
    for (int c = 0; c < centres.length; c++) {
      csv.line("centre", known.classes().get(c), centres[c][0], centres[c][1]);
    }
    lines(csv, "known", known);
    lines(csv, "unknown", unknown);
    return csv.toString();
  }

  private static void lines(Csv csv, String kind, LabelledPoints points) {
    for (int i = 0; i < points.labels().length; i++) {
      float[] point = points.points()[i];
      csv.line(kind, points.classes().get(points.labels()[i]), point[0], point[1]);
    }
  }
}
