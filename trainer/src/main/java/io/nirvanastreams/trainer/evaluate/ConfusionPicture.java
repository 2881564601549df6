package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.openset.measure.ConfusionMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Draws a confusion matrix: a row a true class, a column an answer, darker where more of the row
 * went, with the counts in the cells. Stateless.
 */
final class ConfusionPicture {
  private static final int CELL = 44;
  private static final int LABEL = 12;
  private static final int LONGEST = 20;
  private static final int MARGIN = LONGEST * 8;
  private static final Color INK = new Color(0x1f2933);
  private static final int DARK = 0x0b5394;

  private ConfusionPicture() {}

  static void write(ConfusionMatrix confusion, Path file) throws IOException {
    if (!ImageIO.write(draw(confusion), "png", file.toFile())) {
      throw new IOException("This Java writes no PNG; " + file + " was not made");
    }
  }

  private static BufferedImage draw(ConfusionMatrix confusion) {
    int count = confusion.labels().size();
    int side = MARGIN + count * CELL + LABEL;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, side, side);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, LABEL));
      for (int i = 0; i < count; i++) {
        labels(graphics, confusion.labels().get(i), i);
        row(graphics, confusion, i);
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void labels(Graphics2D graphics, String name, int index) {
    String label = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    int width = graphics.getFontMetrics().stringWidth(label);
    int middle = MARGIN + index * CELL + (CELL + LABEL) / 2;
    graphics.setColor(INK);
    graphics.drawString(label, MARGIN - width - LABEL / 2, middle);
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, middle, MARGIN - LABEL / 2);
    graphics.drawString(label, middle, MARGIN - LABEL / 2);
    graphics.setTransform(upright);
  }

  private static void row(Graphics2D graphics, ConfusionMatrix confusion, int actual) {
    int count = confusion.labels().size();
    long total = 0;
    for (int answered = 0; answered < count; answered++) {
      total += confusion.count(actual, answered);
    }
    for (int answered = 0; answered < count; answered++) {
      long cell = confusion.count(actual, answered);
      double share = total == 0 ? 0 : (double) cell / total;
      int left = MARGIN + answered * CELL;
      int top = MARGIN + actual * CELL;
      graphics.setColor(shade(share));
      graphics.fillRect(left, top, CELL - 1, CELL - 1);
      graphics.setColor(share > 0.5 ? Color.WHITE : INK);
      String text = Long.toString(cell);
      int width = graphics.getFontMetrics().stringWidth(text);
      graphics.drawString(text, left + (CELL - width) / 2, top + (CELL + LABEL) / 2);
    }
  }

  private static Color shade(double share) {
    int[] parts = new int[3];
    for (int i = 0; i < 3; i++) {
      int dark = (DARK >> (16 - 8 * i)) & 0xff;
      parts[i] = (int) Math.round(245 + share * (dark - 245));
    }
    return new Color(parts[0], parts[1], parts[2]);
  }
}
