package io.nirvanastreams.trainer.augment;

import io.nirvanastreams.embedding.model.InputShape;

/**
 * Moves pixels about. The nearest pixel is taken, and black where there is none, so that no new
 * values arise. Stateless.
 */
final class Warp {
  private Warp() {}

  /**
   * The image whose pixel at (x, y) is the old one at (a x + b y + c, d x + e y + f). Coordinates
   * count from the top left corner; the centre of the first pixel is at one half.
   */
  static byte[] affine(
      byte[] pixels, InputShape shape, double a, double b, double c, double d, double e, double f) {
    int channels = shape.channels();
    byte[] moved = new byte[pixels.length];
    int to = 0;
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        int fromX = (int) Math.floor(a * (x + 0.5) + b * (y + 0.5) + c);
        int fromY = (int) Math.floor(d * (x + 0.5) + e * (y + 0.5) + f);
        if (fromX >= 0 && fromX < shape.width() && fromY >= 0 && fromY < shape.height()) {
          int from = (fromY * shape.width() + fromX) * channels;
          for (int channel = 0; channel < channels; channel++) {
            moved[to + channel] = pixels[from + channel];
          }
        }
        to += channels;
      }
    }
    return moved;
  }

  /** The image turned about its centre, anticlockwise for a positive angle. */
  static byte[] rotate(byte[] pixels, InputShape shape, double degrees) {
    // StrictMath: the same bytes on every machine.
    double cos = StrictMath.cos(StrictMath.toRadians(degrees));
    double sin = StrictMath.sin(StrictMath.toRadians(degrees));
    double x = shape.width() / 2.0;
    double y = shape.height() / 2.0;
    return affine(pixels, shape, cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y);
  }
}
