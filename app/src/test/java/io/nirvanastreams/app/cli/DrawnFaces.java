package io.nirvanastreams.app.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Photographs of persons who do not exist, laid out as Labeled Faces in the Wild. A person is a
 * shape of the head, eyes, brows, nose and mouth; photographs differ in place, light and noise.
 */
final class DrawnFaces {
  private static final int SIDE = 32;

  private DrawnFaces() {}

  static String person(int number) {
    return "Person_" + (char) ('A' + number / 26) + (char) ('A' + number % 26);
  }

  /** Writes photographs of the persons from one number to another, exclusive. */
  static void write(Path folder, int from, int to, int photographs) throws IOException {
    for (int person = from; person < to; person++) {
      Path own = Files.createDirectories(folder.resolve(person(person)));
      for (int i = 1; i <= photographs; i++) {
        ImageIO.write(
            face(person, new Random(1000L * person + i)),
            "png",
            own.resolve("%s_%04d.png".formatted(person(person), i)).toFile());
      }
    }
  }

  /** A list of folds of pairs, each with as many of both kinds. */
  static void writePairs(Path file, int folds, int perKind, int from, int to, int photographs)
      throws IOException {
    Random random = new Random(5);
    StringBuilder list = new StringBuilder(folds + "\t" + perKind + "\n");
    for (int fold = 0; fold < folds; fold++) {
      for (int i = 0; i < perKind; i++) {
        int first = 1 + random.nextInt(photographs - 1);
        int second = first + 1 + random.nextInt(photographs - first);
        String name = person(from + random.nextInt(to - from));
        list.append("%s\t%d\t%d%n".formatted(name, first, second));
      }
      for (int i = 0; i < perKind; i++) {
        int one = random.nextInt(to - from);
        int other = (one + 1 + random.nextInt(to - from - 1)) % (to - from);
        list.append(
            "%s\t%d\t%s\t%d%n"
                .formatted(
                    person(from + one),
                    1 + random.nextInt(photographs),
                    person(from + other),
                    1 + random.nextInt(photographs)));
      }
    }
    Files.writeString(file, list);
  }

  private static BufferedImage face(int person, Random chance) {
    Random traits = new Random(77L * person + 1);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    int light = chance.nextInt(30);
    pen.setColor(new Color(40 + light, 50 + light, 60 + light));
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.translate(chance.nextInt(3) - 1, chance.nextInt(3) - 1);
    int width = 18 + traits.nextInt(9);
    int height = 22 + traits.nextInt(7);
    int skin = 110 + traits.nextInt(90) + light;
    pen.setColor(new Color(skin, skin * 4 / 5, skin * 3 / 5));
    pen.fillOval((SIDE - width) / 2, (SIDE - height) / 2, width, height);
    pen.setColor(new Color(traits.nextInt(120), traits.nextInt(120), traits.nextInt(160)));
    pen.fillArc((SIDE - width) / 2, (SIDE - height) / 2, width, 8 + traits.nextInt(10), 0, 180);
    int apart = 4 + traits.nextInt(5);
    int eye = 2 + traits.nextInt(3);
    int row = 12 + traits.nextInt(3);
    pen.setColor(Color.BLACK);
    pen.fillOval(SIDE / 2 - apart - eye / 2, row, eye, eye);
    pen.fillOval(SIDE / 2 + apart - eye / 2, row, eye, eye);
    pen.setStroke(new BasicStroke(1 + traits.nextInt(2)));
    int mouth = 5 + traits.nextInt(8);
    pen.setColor(new Color(90 + traits.nextInt(140), 20, 30));
    pen.drawArc(SIDE / 2 - mouth / 2, 20, mouth, 3 + traits.nextInt(4), 180, 180);
    pen.drawLine(SIDE / 2, row + 3, SIDE / 2, row + 4 + traits.nextInt(4));
    pen.dispose();
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        Color pixel = new Color(image.getRGB(x, y));
        int noise = chance.nextInt(31) - 15;
        image.setRGB(
            x,
            y,
            new Color(
                    bounded(pixel.getRed() + noise),
                    bounded(pixel.getGreen() + noise),
                    bounded(pixel.getBlue() + noise))
                .getRGB());
      }
    }
    return image;
  }

  private static int bounded(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
