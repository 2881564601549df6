package io.nirvanastreams.trainer.evaluate.picture;

import io.nirvanastreams.openset.measure.RateCurve;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;

/**
 * Curves of what is accepted rightly against what is accepted wrongly, one a score, with the area
 * in the legend.
 *
 * @param title above the picture
 * @param falseName what the level axis counts, such as accepted unknown images
 * @param rateName what the upright axis counts, such as accepted known images
 * @param curves by the name of the score; the order is kept
 */
public record RatePicture(
    String title, String falseName, String rateName, Map<String, RateCurve> curves)
    implements Picture {
  private static final String UNKNOWN = "unknown accepted";
  private static final String KNOWN = "known accepted";
  private static final int WIDTH = 900;
  private static final int HEIGHT = 700;

  /** Copies the map. */
  public RatePicture {
    curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
  }

  /** Receiver operating characteristics. */
  public static RatePicture roc(Map<String, RateCurve> curves) {
    return new RatePicture("ROC", UNKNOWN, KNOWN, curves);
  }

  /** Open-set classification rates. */
  public static RatePicture oscr(Map<String, RateCurve> curves) {
    return new RatePicture("OSCR", UNKNOWN, "known accepted and right", curves);
  }

  /** The receiver operating characteristic of a verification: pairs, not images, are accepted. */
  public static RatePicture pairs(Map<String, RateCurve> curves) {
    return new RatePicture("ROC", "other person accepted", "same person accepted", curves);
  }

  @Override
  public BufferedImage draw() {
    XYChart chart = Charts.of(WIDTH, HEIGHT, title, falseName, rateName);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
    int index = 0;
    for (Map.Entry<String, RateCurve> entry : curves.entrySet()) {
      RateCurve curve = entry.getValue();
      String label = String.format(Locale.ROOT, "%s %.4f", entry.getKey(), curve.area());
      double[] x = curve.falsePositiveRates();
      double[] y = curve.rates();
      int[] corners = corners(x, y);
      Charts.line(chart, label, at(x, corners), at(y, corners), index++);
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static double[] at(double[] values, int[] positions) {
    return IntStream.of(positions).mapToDouble(i -> values[i]).toArray();
  }

  /** Positions of the points where the curve turns; straight runs along an axis lose nothing. */
  private static int[] corners(double[] x, double[] y) {
    return IntStream.range(0, x.length)
        .filter(i -> i == 0 || i == x.length - 1 || !(straight(x, i) || straight(y, i)))
        .toArray();
  }

  private static boolean straight(double[] values, int i) {
    return values[i - 1] == values[i] && values[i] == values[i + 1];
  }

  private static String column(String name) {
    return name.replace(' ', '_');
  }

  @Override
  public String csv() {
    Csv csv =
        new Csv(
            "score",
            column(falseName),
            falseName.equals(UNKNOWN) ? column(KNOWN) : column(rateName));
    curves.forEach(
        (name, curve) -> {
          double[] x = curve.falsePositiveRates();
          double[] y = curve.rates();
          for (int i : corners(x, y)) {
            csv.line(name, x[i], y[i]);
          }
        });
    return csv.toString();
  }
}
