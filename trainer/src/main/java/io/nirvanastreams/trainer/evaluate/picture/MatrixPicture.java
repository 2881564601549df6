package io.nirvanastreams.trainer.evaluate.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws a square table: a cell a pair of labels, darker where its shade is higher. Stateless. */
final class MatrixPicture {
  private static final int LABEL = 12;
  private static final int PADDING = 12;
  private static final int LONGEST = 20;
  private static final Color INK = new Color(0x1f2933);
  private static final int DARK = 0x0b5394;

  private MatrixPicture() {}

  /** What stands in the cells. */
  interface Cells {
    /** Text of a cell. */
    String text(int row, int column);

    /** 0 for white to 1 for dark. */
    double shade(int row, int column);
  }

  static BufferedImage draw(String title, List<String> labels, Cells cells) {
    int count = labels.size();
    List<String> names = labels.stream().map(MatrixPicture::shortened).toList();
    FontMetrics metrics = metrics();
    int margin = 2 * PADDING + names.stream().mapToInt(metrics::stringWidth).max().orElse(0);
    int cell = cell(metrics, count, cells);
    int side = margin + count * cell + PADDING;
    int width = Math.max(side, metrics.stringWidth(title) + 2 * PADDING);
    BufferedImage image = new BufferedImage(width, side + LABEL, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, width, side + LABEL);
      graphics.setFont(font());
      graphics.setColor(INK);
      graphics.drawString(title, PADDING, side + LABEL / 2);
      for (int i = 0; i < count; i++) {
        label(graphics, names.get(i), margin, margin + i * cell + (cell + LABEL) / 2);
        for (int j = 0; j < count; j++) {
          int left = margin + j * cell;
          int top = margin + i * cell;
          draw(graphics, cells.text(i, j), cells.shade(i, j), cell, left, top);
        }
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static Font font() {
    return new Font(Font.SANS_SERIF, Font.PLAIN, LABEL);
  }

  private static FontMetrics metrics() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = graphics.getFontMetrics(font());
    graphics.dispose();
    return metrics;
  }

  private static String shortened(String label) {
    return label.length() > LONGEST ? label.substring(0, LONGEST) : label;
  }

  /** Wide enough for the longest text. */
  private static int cell(FontMetrics metrics, int count, Cells cells) {
    int widest = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        widest = Math.max(widest, metrics.stringWidth(cells.text(i, j)));
      }
    }
    return Math.max(3 * LABEL, widest + PADDING);
  }

  private static void label(Graphics2D graphics, String name, int margin, int middle) {
    int width = graphics.getFontMetrics().stringWidth(name);
    graphics.setColor(INK);
    graphics.drawString(name, margin - width - LABEL / 2, middle);
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, middle, margin - LABEL / 2);
    graphics.drawString(name, middle, margin - LABEL / 2);
    graphics.setTransform(upright);
  }

  private static void draw(
      Graphics2D graphics, String text, double shade, int cell, int left, int top) {
    graphics.setColor(colour(shade));
    graphics.fillRect(left, top, cell - 1, cell - 1);
    graphics.setColor(shade > 0.5 ? Color.WHITE : INK);
    int width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, left + (cell - width) / 2, top + (cell + LABEL) / 2);
  }

  private static Color colour(double shade) {
    int[] parts = new int[3];
    for (int i = 0; i < 3; i++) {
      int dark = (DARK >> (16 - 8 * i)) & 0xff;
      parts[i] = (int) Math.round(245 + shade * (dark - 245));
    }
    return new Color(parts[0], parts[1], parts[2]);
  }
}
