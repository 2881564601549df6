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
  private static final int MARGIN = LONGEST * 8;
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
    int cell = cell(labels, cells);
    int side = MARGIN + count * cell + PADDING;
    BufferedImage image = new BufferedImage(side, side + LABEL, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, side, side + LABEL);
      graphics.setFont(font());
      graphics.setColor(INK);
      graphics.drawString(title, PADDING, side + LABEL / 2);
      for (int i = 0; i < count; i++) {
        label(graphics, labels.get(i), MARGIN + i * cell + (cell + LABEL) / 2);
        for (int j = 0; j < count; j++) {
          draw(graphics, cells.text(i, j), cells.shade(i, j), cell, i, j);
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

  /** Wide enough for the longest text. */
  private static int cell(List<String> labels, Cells cells) {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = graphics.getFontMetrics(font());
    int widest = 0;
    for (int i = 0; i < labels.size(); i++) {
      for (int j = 0; j < labels.size(); j++) {
        widest = Math.max(widest, metrics.stringWidth(cells.text(i, j)));
      }
    }
    graphics.dispose();
    return Math.max(3 * LABEL, widest + PADDING);
  }

  private static void label(Graphics2D graphics, String name, int middle) {
    String label = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    int width = graphics.getFontMetrics().stringWidth(label);
    graphics.setColor(INK);
    graphics.drawString(label, MARGIN - width - LABEL / 2, middle);
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, middle, MARGIN - LABEL / 2);
    graphics.drawString(label, middle, MARGIN - LABEL / 2);
    graphics.setTransform(upright);
  }

  private static void draw(
      Graphics2D graphics, String text, double shade, int cell, int row, int column) {
    int left = MARGIN + column * cell;
    int top = MARGIN + row * cell;
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
