package io.nirvanastreams.trainer.evaluate.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Promised against measured rate of known images answered unknown: on the diagonal or below it the
 * promise is kept, give or take the dashed bound of chance.
 *
 * @param title above the picture
 * @param points in the order of alpha
 */
public record ReliabilityPicture(String title, List<Point> points) implements Picture {
  private static final int SIDE = 640;

  /**
   * One target.
   *
   * @param alpha the rate promised at most
   * @param measured the rate there was
   * @param bound what chance explains at most; NaN where nothing is promised
   */
  public record Point(double alpha, double measured, double bound) {}

  /** Copies the list. */
  public ReliabilityPicture {
    points = List.copyOf(points);
  }

  @Override
  public BufferedImage draw() {
    XYChart chart = Charts.of(SIDE + SIDE / 6, SIDE, title, "alpha", "known answered unknown");
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
    chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
    double[] alpha = points.stream().mapToDouble(Point::alpha).toArray();
    line(chart, "promised", alpha, alpha, new Color(0x9aa5b1));
    double[] measured = points.stream().mapToDouble(Point::measured).toArray();
    line(chart, "measured", alpha, measured, new Color(0x0b5394))
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(new Color(0x0b5394));
    double[] bound = points.stream().mapToDouble(Point::bound).toArray();
    if (points.stream().noneMatch(point -> Double.isNaN(point.bound()))) {
      line(chart, "explained by chance up to", alpha, bound, new Color(0xc05621))
          .setLineStyle(Charts.dashed());
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color colour) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour);
    series.setLineStyle(Charts.solid());
    return series;
  }

  @Override
  public String csv() {
    Csv csv = new Csv("alpha", "measured", "bound");
    points.forEach(point -> csv.line(point.alpha(), point.measured(), point.bound()));
    return csv.toString();
  }
}
