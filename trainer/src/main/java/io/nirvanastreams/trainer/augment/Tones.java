package io.nirvanastreams.trainer.augment;

import io.nirvanastreams.embedding.image.Pixels;
import io.nirvanastreams.embedding.model.InputShape;

/**
 * Blends an image with a duller one of itself: {@code dull + factor * (image - dull)}, cut off at 0
 * and 255. Factor 0 gives the dull one, 1 the image, more goes beyond it. Stateless.
 */
final class Tones {
  private static final int CENTRE_WEIGHT = 5;
  private static final int SUM_OF_WEIGHTS = 13;

  private Tones() {}

  private interface Dull {
    double at(int index);
  }

  private static byte[] blend(byte[] pixels, Dull dull, double factor) {
    byte[] blended = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      double base = dull.at(i);
      double value = base + factor * ((pixels[i] & 0xff) - base);
      blended[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    return blended;
  }

  /** Against black. */
  static byte[] brightness(byte[] pixels, double factor) {
    return blend(pixels, i -> 0, factor);
  }

  /** Against the mean brightness of the image. */
  static byte[] contrast(byte[] pixels, InputShape shape, double factor) {
    byte[] grey = grey(pixels, shape);
    long sum = 0;
    for (byte value : grey) {
      sum += value & 0xff;
    }
    double mean = (double) sum / grey.length;
    return blend(pixels, i -> mean, factor);
  }

  /** Against the grey image; a grey one stays as it is. */
  static byte[] colour(byte[] pixels, InputShape shape, double factor) {
    if (shape.channels() == 1) {
      return pixels;
    }
    byte[] grey = grey(pixels, shape);
    return blend(pixels, i -> grey[i / shape.channels()] & 0xff, factor);
  }

  /** Against the image smoothed over 3x3 pixels, the middle one of five times the weight. */
  static byte[] sharpness(byte[] pixels, InputShape shape, double factor) {
    int row = shape.width() * shape.channels();
    return blend(pixels, i -> smoothed(pixels, shape, row, i), factor);
  }

  private static double smoothed(byte[] pixels, InputShape shape, int row, int index) {
    int x = index % row / shape.channels();
    int y = index / row;
    // The border has no whole neighbourhood and stays.
    if (x == 0 || y == 0 || x == shape.width() - 1 || y == shape.height() - 1) {
      return pixels[index] & 0xff;
    }
    int sum = (CENTRE_WEIGHT - 1) * (pixels[index] & 0xff);
    for (int down = -row; down <= row; down += row) {
      for (int right = -1; right <= 1; right++) {
        sum += pixels[index + down + right * shape.channels()] & 0xff;
      }
    }
    return (double) sum / SUM_OF_WEIGHTS;
  }

  private static byte[] grey(byte[] pixels, InputShape shape) {
    return Pixels.convert(pixels, shape, new InputShape(1, shape.height(), shape.width()));
  }
}
