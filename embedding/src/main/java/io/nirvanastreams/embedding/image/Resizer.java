package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.model.InputShape;

/**
 * Resizes rows of pixels, first along the rows and then along the columns: the mean over the area a
 * new pixel covers where the image shrinks, linear between pixel centres where it grows. Only one
 * row of the source is held at a time.
 */
final class Resizer {
  private Resizer() {}

  static byte[] resize(RowSource source, InputShape shape) {
    byte[] pixels = new byte[shape.size()];
    byte[] row = new byte[source.width() * source.channels()];
    int rowSize = shape.width() * shape.channels();
    if (source.width() == shape.width() && source.height() == shape.height()) {
      for (int y = 0; y < shape.height(); y++) {
        source.read(y, row);
        System.arraycopy(row, 0, pixels, y * rowSize, rowSize);
      }
      return pixels;
    }
    Weights across = new Weights(source.width(), shape.width());
    Weights down = new Weights(source.height(), shape.height());
    float[] sums = new float[pixels.length];
    float[] narrow = new float[rowSize];
    for (int y = 0; y < source.height(); y++) {
      source.read(y, row);
      if (shape.channels() == 3) {
        shrinkColours(row, across, narrow);
      } else {
        shrinkRow(row, across, shape.channels(), narrow);
      }
      down.spread(y, narrow, sums);
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(sums[i])));
    }
    return pixels;
  }

  private static void shrinkRow(byte[] row, Weights across, int channels, float[] narrow) {
    for (int x = 0; x < across.count(); x++) {
      int first = across.first(x);
      float[] weights = across.weights(x);
      for (int channel = 0; channel < channels; channel++) {
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
          sum += weights[i] * (row[(first + i) * channels + channel] & 0xFF);
        }
        narrow[x * channels + channel] = sum;
      }
    }
  }

  /** The same for three channels at once, which is twice as fast; in the same order. */
  private static void shrinkColours(byte[] row, Weights across, float[] narrow) {
    for (int x = 0; x < across.count(); x++) {
      float[] weights = across.weights(x);
      float red = 0;
      float green = 0;
      float blue = 0;
      int from = 3 * across.first(x);
      for (float weight : weights) {
        red += weight * (row[from] & 0xFF);
        green += weight * (row[from + 1] & 0xFF);
        blue += weight * (row[from + 2] & 0xFF);
        from += 3;
      }
      narrow[3 * x] = red;
      narrow[3 * x + 1] = green;
      narrow[3 * x + 2] = blue;
    }
  }

  /** For every new position along one axis: which old ones count, and how much. They sum to 1. */
  private static final class Weights {
    private final int[] first;
    private final float[][] weights;

    Weights(int from, int to) {
      first = new int[to];
      weights = new float[to][];
      double scale = (double) from / to;
      for (int i = 0; i < to; i++) {
        if (scale > 1) {
          area(i, from, scale);
        } else {
          linear(i, from, scale);
        }
      }
    }

    private void area(int i, int from, double scale) {
      double start = i * scale;
      double end = Math.min(from, (i + 1) * scale);
      first[i] = (int) start;
      int last = Math.min(from, (int) Math.ceil(end));
      weights[i] = new float[last - first[i]];
      for (int k = first[i]; k < last; k++) {
        double covered = Math.min(end, k + 1) - Math.max(start, k);
        weights[i][k - first[i]] = (float) (covered / (end - start));
      }
    }

    private void linear(int i, int from, double scale) {
      double centre = Math.max(0, Math.min(from - 1, (i + 0.5) * scale - 0.5));
      first[i] = (int) centre;
      double right = centre - first[i];
      weights[i] = right == 0 ? new float[] {1} : new float[] {(float) (1 - right), (float) right};
    }

    int count() {
      return first.length;
    }

    int first(int i) {
      return first[i];
    }

    float[] weights(int i) {
      return weights[i];
    }

    /** Adds an old row to all new rows in which it counts. */
    void spread(int old, float[] row, float[] sums) {
      for (int i = 0; i < first.length; i++) {
        int k = old - first[i];
        if (k >= 0 && k < weights[i].length) {
          for (int x = 0; x < row.length; x++) {
            sums[i * row.length + x] += weights[i][k] * row[x];
          }
        }
      }
    }
  }
}
