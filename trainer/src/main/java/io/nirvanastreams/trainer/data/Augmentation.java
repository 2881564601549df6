package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.model.InputShape;

/** Changed copies of images, pixel by pixel; HWC unsigned bytes in and out. Stateless. */
public final class Augmentation {
  private Augmentation() {}

  /**
   * The image seen through a window of its own size, moved by some pixels; what lies outside is
   * black. Equal to a crop after zero padding.
   *
   * @param right pixels that the window moves to the right; negative to the left
   * @param down pixels that it moves down
   */
  public static byte[] shift(byte[] pixels, InputShape shape, int right, int down) {
    int row = shape.width() * shape.channels();
    int from = Math.max(0, right) * shape.channels();
    int to = Math.max(0, -right) * shape.channels();
    int length = row - from - to;
    byte[] moved = new byte[pixels.length];
    if (length <= 0) {
      return moved;
    }
    for (int y = 0; y < shape.height(); y++) {
      int source = y + down;
      if (source >= 0 && source < shape.height()) {
        System.arraycopy(pixels, source * row + from, moved, y * row + to, length);
      }
    }
    return moved;
  }

  /** The mirror image, left for right. */
  public static byte[] flip(byte[] pixels, InputShape shape) {
    return map(pixels, shape, (x, y) -> new int[] {shape.width() - 1 - x, y});
  }

  /**
   * The image turned anticlockwise.
   *
   * @param quarters 1 to 3 quarter turns; 1 and 3 need a square image
   * @throws IllegalArgumentException for another number, or a quarter turn of an oblong image
   */
  public static byte[] rotate(byte[] pixels, InputShape shape, int quarters) {
    if (quarters != 2 && shape.width() != shape.height()) {
      throw new IllegalArgumentException("An image of " + shape + " has no quarter turns");
    }
    int right = shape.width() - 1;
    int bottom = shape.height() - 1;
    return switch (quarters) {
      case 1 -> map(pixels, shape, (x, y) -> new int[] {right - y, x});
      case 2 -> map(pixels, shape, (x, y) -> new int[] {right - x, bottom - y});
      case 3 -> map(pixels, shape, (x, y) -> new int[] {y, bottom - x});
      default -> throw new IllegalArgumentException(quarters + " quarter turns; 1 to 3 make sense");
    };
  }

  private interface Source {
    int[] of(int x, int y);
  }

  private static byte[] map(byte[] pixels, InputShape shape, Source source) {
    int channels = shape.channels();
    byte[] mapped = new byte[pixels.length];
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        int[] at = source.of(x, y);
        int from = (at[1] * shape.width() + at[0]) * channels;
        System.arraycopy(pixels, from, mapped, (y * shape.width() + x) * channels, channels);
      }
    }
    return mapped;
  }
}
