package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.model.InputShape;

/**
 * Changes the shape of images that are decoded already, by the same rules as {@link ImageDecoder}:
 * the mean over areas where an image shrinks, linear where it grows, grey by the weights of ITU-R
 * BT.601, colour from grey by repeating it. Stateless.
 */
public final class Pixels {
  private Pixels() {}

  /**
   * An image in another shape. The given array itself where nothing has to change.
   *
   * @param pixels {@code from.size()} bytes, HWC
   * @return {@code to.size()} bytes, HWC
   * @throws IllegalArgumentException for another number of bytes
   */
  public static byte[] convert(byte[] pixels, InputShape from, InputShape to) {
    return from.equals(to)
        ? pixels
        : convert(pixels, from, new Crop(0, 0, from.width(), from.height()), to);
  }

  /**
   * A part of an image in another shape.
   *
   * @param pixels {@code from.size()} bytes, HWC
   * @param part what to look at
   * @return {@code to.size()} bytes, HWC
   * @throws IllegalArgumentException for another number of bytes, or a part outside the image
   */
  public static byte[] convert(byte[] pixels, InputShape from, Crop part, InputShape to) {
    if (pixels.length != from.size()) {
      throw new IllegalArgumentException(pixels.length + " bytes are no image of " + from);
    }
    if (part.x() + part.width() > from.width() || part.y() + part.height() > from.height()) {
      throw new IllegalArgumentException(part + " lies outside an image of " + from);
    }
    return Resizer.resize(new ByteRows(pixels, from, part, to.channels()), to);
  }

  private static final class ByteRows implements RowSource {
    private final byte[] pixels;
    private final InputShape shape;
    private final Crop part;
    private final int channels;

    ByteRows(byte[] pixels, InputShape shape, Crop part, int channels) {
      this.pixels = pixels;
      this.shape = shape;
      this.part = part;
      this.channels = channels;
    }

    @Override
    public int channels() {
      return channels;
    }

    @Override
    public int width() {
      return part.width();
    }

    @Override
    public int height() {
      return part.height();
    }

    @Override
    public void read(int y, byte[] row) {
      int start = ((part.y() + y) * shape.width() + part.x()) * shape.channels();
      if (shape.channels() == channels) {
        System.arraycopy(pixels, start, row, 0, part.width() * channels);
        return;
      }
      for (int x = 0; x < part.width(); x++) {
        if (channels == 1) {
          int from = start + 3 * x;
          row[x] =
              (byte)
                  PixelRows.grey(
                      pixels[from] & 0xFF, pixels[from + 1] & 0xFF, pixels[from + 2] & 0xFF);
        } else {
          row[3 * x] = pixels[start + x];
          row[3 * x + 1] = pixels[start + x];
          row[3 * x + 2] = pixels[start + x];
        }
      }
    }
  }
}
