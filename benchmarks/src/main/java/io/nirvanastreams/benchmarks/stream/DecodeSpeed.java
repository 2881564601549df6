package io.nirvanastreams.benchmarks.stream;

import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** Images decoded in a second by one thread, by format, size and library. Stateless. */
final class DecodeSpeed {
  private static final int COUNT = 16;
  private static final double SECONDS = 1;

  private DecodeSpeed() {}

  /** A line for each format and size: the product's decoder, and the platform's alone. */
  static void print() {
    System.out.printf(
        Locale.ROOT, "%n%-24s %12s %12s%n", "decoding, images/s", "product", "ImageIO");
    for (String format : List.of("jpg", "png")) {
      for (int[] size : new int[][] {{32, 32}, {640, 480}, {1920, 1080}}) {
        List<byte[]> images = Images.encoded(format, size[0], size[1], COUNT);
        System.out.printf(
            Locale.ROOT,
            "%-24s %12.0f %12.0f%n",
            format + " " + size[0] + "x" + size[1],
            rate(images, product()),
            rate(images, DecodeSpeed::platform));
      }
    }
  }

  private static Consumer<byte[]> product() {
    ImageDecoder decoder = new ImageDecoder();
    return image -> {
      try {
        byte[] unused = decoder.decode(image, Fixture.SHAPE, null);
      } catch (UndecodableImageException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static void platform(byte[] image) {
    try {
      var unused = ImageIO.read(new ByteArrayInputStream(image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double rate(List<byte[]> images, Consumer<byte[]> decoder) {
    double unused = once(images, decoder);
    return once(images, decoder);
  }

  private static double once(List<byte[]> images, Consumer<byte[]> decoder) {
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < SECONDS * 1e9) {
      images.forEach(decoder);
      done += images.size();
    }
    return done / ((System.nanoTime() - start) / 1e9);
  }
}
