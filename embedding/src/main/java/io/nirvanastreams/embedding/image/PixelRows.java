package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.image.header.Orientation;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * A decoded image, read row by row as it is seen, as uint8 grey or RGB. Samples are taken as they
 * are stored: {@code BufferedImage.getRGB} would bend grey values by a colour conversion.
 */
final class PixelRows implements RowSource {
  private static final int WHITE = 255;
  private static final int MOST_BITS = 16;

  private final BufferedImage image;
  private final Orientation orientation;
  private final Raster raster;
  private final int channels;
  private final boolean components;
  private final int bands;
  private final boolean alpha;
  private final boolean premultiplied;
  private final int largest;
  private final Bytes bytes;
  private int[] samples;

  PixelRows(BufferedImage image, Orientation orientation, int channels)
      throws UndecodableImageException {
    ColorModel model = image.getColorModel();
    this.image = image;
    this.orientation = orientation;
    this.raster = image.getRaster();
    this.channels = channels;
    this.components = model instanceof ComponentColorModel;
    this.bands = raster.getNumBands();
    this.alpha = model.hasAlpha();
    this.premultiplied = model.isAlphaPremultiplied();
    this.largest = (1 << model.getComponentSize(0)) - 1;
    int colours = alpha ? bands - 1 : bands;
    if (components && model.getComponentSize(0) > MOST_BITS) {
      throw new UndecodableImageException("samples of " + model.getComponentSize(0) + " bits");
    }
    if (components && colours != 1 && colours != 3) {
      throw new UndecodableImageException("an image of " + colours + " colour components");
    }
    this.bytes = plain() ? Bytes.of(raster) : null;
    this.samples = new int[width() * (components ? bands : 1)];
  }

  /**
   * The bytes of a raster, as nearly all decoders lay them: asking it for samples costs as much as
   * decoding a JPEG.
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Bytes(byte[] data, int start, int line, int pixel, int[] bands) {
    /** Null for a raster that is laid otherwise. */
    static Bytes of(Raster raster) {
      if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
          && raster.getDataBuffer() instanceof DataBufferByte buffer
          && model.getTransferType() == DataBuffer.TYPE_BYTE) {
        int x = raster.getMinX() - raster.getSampleModelTranslateX();
        int y = raster.getMinY() - raster.getSampleModelTranslateY();
        int start = buffer.getOffset() + y * model.getScanlineStride() + x * model.getPixelStride();
        return new Bytes(
            buffer.getData(),
            start,
            model.getScanlineStride(),
            model.getPixelStride(),
            model.getBandOffsets());
      }
      return null;
    }
  }

  /** Nothing is to be done to a sample but to put it in its place. */
  private boolean plain() {
    return components
        && !alpha
        && largest == WHITE
        && orientation.equals(Orientation.UPRIGHT)
        && (channels == 3 || bands == 1);
  }

  @Override
  public int width() {
    return orientation.transposed() ? image.getHeight() : image.getWidth();
  }

  @Override
  public int height() {
    return orientation.transposed() ? image.getWidth() : image.getHeight();
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public void read(int y, byte[] row) {
    if (bytes != null) {
      copy(y, row);
      return;
    }
    load(orientation.reversedDown() ? height() - 1 - y : y);
    int width = width();
    for (int x = 0; x < width; x++) {
      int stored = orientation.reversedAcross() ? width - 1 - x : x;
      if (components) {
        fromComponents(stored * bands, row, x);
      } else {
        fromRgb(samples[stored], row, x);
      }
    }
  }

  private void copy(int y, byte[] row) {
    byte[] data = bytes.data();
    int red = bytes.start() + y * bytes.line() + bytes.bands()[0];
    if (channels == 1) {
      for (int x = 0, from = red; x < image.getWidth(); x++, from += bytes.pixel()) {
        row[x] = data[from];
      }
      return;
    }
    int green = red - bytes.bands()[0] + bytes.bands()[bands < 3 ? 0 : 1];
    int blue = red - bytes.bands()[0] + bytes.bands()[bands < 3 ? 0 : 2];
    for (int x = 0, from = 0; x < image.getWidth(); x++, from += bytes.pixel()) {
      row[3 * x] = data[red + from];
      row[3 * x + 1] = data[green + from];
      row[3 * x + 2] = data[blue + from];
    }
  }

  /** A stored row, or a stored column where the image lies on its side. */
  private void load(int line) {
    int x = orientation.transposed() ? line : 0;
    int y = orientation.transposed() ? 0 : line;
    int columns = orientation.transposed() ? 1 : image.getWidth();
    int rows = orientation.transposed() ? image.getHeight() : 1;
    if (components) {
      samples =
          raster.getPixels(raster.getMinX() + x, raster.getMinY() + y, columns, rows, samples);
    } else {
      samples = image.getRGB(x, y, columns, rows, samples, 0, columns);
    }
  }

  private void fromComponents(int first, byte[] row, int x) {
    int opacity = alpha ? eight(samples[first + bands - 1]) : WHITE;
    int red = over(eight(samples[first]), opacity, premultiplied);
    if (bands < 3) {
      put(row, x, red, red, red);
    } else {
      put(
          row,
          x,
          red,
          over(eight(samples[first + 1]), opacity, premultiplied),
          over(eight(samples[first + 2]), opacity, premultiplied));
    }
  }

  private void fromRgb(int argb, byte[] row, int x) {
    int opacity = argb >>> 24;
    put(
        row,
        x,
        over((argb >> 16) & 0xFF, opacity, false),
        over((argb >> 8) & 0xFF, opacity, false),
        over(argb & 0xFF, opacity, false));
  }

  private void put(byte[] row, int x, int red, int green, int blue) {
    if (channels == 3) {
      row[3 * x] = (byte) red;
      row[3 * x + 1] = (byte) green;
      row[3 * x + 2] = (byte) blue;
    } else if (red == green && green == blue) {
      row[x] = (byte) red;
    } else {
      row[x] = (byte) grey(red, green, blue);
    }
  }

  /** How bright a colour is by the weights of ITU-R BT.601, 0 to 255. */
  static int grey(int red, int green, int blue) {
    return (299 * red + 587 * green + 114 * blue + 500) / 1000;
  }

  private int eight(int sample) {
    return largest == 255 ? sample : (int) ((sample * 255L + largest / 2) / largest);
  }

  private static int over(int value, int opacity, boolean premultiplied) {
    if (opacity == WHITE) {
      return value;
    }
    int background = WHITE * (WHITE - opacity);
    return Math.min(
        WHITE, ((premultiplied ? value * WHITE : value * opacity) + background) / WHITE);
  }
}
