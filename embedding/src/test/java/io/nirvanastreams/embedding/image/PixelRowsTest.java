package io.nirvanastreams.embedding.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.image.header.Orientation;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelRowsTest {
  private static final int WIDTH = 7;
  private static final int HEIGHT = 5;

  @ParameterizedTest
  @CsvSource({
    BufferedImage.TYPE_3BYTE_BGR + ",3",
    BufferedImage.TYPE_3BYTE_BGR + ",1",
    BufferedImage.TYPE_BYTE_GRAY + ",3",
    BufferedImage.TYPE_BYTE_GRAY + ",1",
    BufferedImage.TYPE_USHORT_GRAY + ",1",
    BufferedImage.TYPE_INT_RGB + ",3"
  })
  void shouldReadSamplesWhereverTheyLie(int type, int channels) throws Exception {
    BufferedImage whole = new BufferedImage(WIDTH + 3, HEIGHT + 2, type);
    WritableRaster raster = whole.getRaster();
    int scale = type == BufferedImage.TYPE_USHORT_GRAY ? 257 : 1;
    for (int y = 0; y < whole.getHeight(); y++) {
      for (int x = 0; x < whole.getWidth(); x++) {
        for (int band = 0; band < raster.getNumBands(); band++) {
          raster.setSample(x, y, band, scale * sample(x, y, band));
        }
      }
    }

    // Its samples begin amid those of the whole.
    BufferedImage part = whole.getSubimage(2, 1, WIDTH, HEIGHT);
    PixelRows rows = new PixelRows(part, Orientation.UPRIGHT, channels);

    byte[] row = new byte[WIDTH * channels];
    for (int y = 0; y < HEIGHT; y++) {
      rows.read(y, row);
      for (int x = 0; x < WIDTH; x++) {
        int[] colour = new int[3];
        for (int band = 0; band < 3; band++) {
          colour[band] = sample(x + 2, y + 1, raster.getNumBands() == 3 ? band : 0);
        }
        for (int channel = 0; channel < channels; channel++) {
          boolean grey = channels == 1 && raster.getNumBands() == 3;
          int expected = grey ? PixelRows.grey(colour[0], colour[1], colour[2]) : colour[channel];
          assertThat(row[x * channels + channel] & 0xFF)
              .as("%d, %d, %d", x, y, channel)
              .isEqualTo(expected);
        }
      }
    }
  }

  private static int sample(int x, int y, int band) {
    return (37 * x + 71 * y + 101 * band + 13) % 256;
  }
}
