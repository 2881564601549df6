package io.nirvanastreams.trainer.evaluate.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The common look of charts. Stateless. */
final class Charts {
  /** Of Okabe and Ito, told apart by people who see few colours, and two more. */
  private static final int[] COLOURS = {
    0x0072b2, 0xe69f00, 0x009e73, 0xd55e00, 0xcc79a7, 0x56b4e9, 0x000000, 0x8c564b, 0x999933
  };

  private static final float WIDTH = 1.6f;
  private static final float DASH = 6;

  private Charts() {}

  static XYChart of(int width, int height, String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.##");
    return chart;
  }

  /** A colour for each of many things; after the last the first comes again. */
  static Color colour(int index) {
    return new Color(COLOURS[index % COLOURS.length]);
  }

  /** A line of its own colour; dashed once the colours come again. */
  static void line(XYChart chart, String name, double[] x, double[] y, int index) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour(index));
    series.setLineStyle(index < COLOURS.length ? solid() : dashed());
  }

  static BasicStroke solid() {
    return new BasicStroke(WIDTH);
  }

  static BasicStroke dashed() {
    return new BasicStroke(
        WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, DASH, new float[] {DASH, DASH}, 0);
  }
}
