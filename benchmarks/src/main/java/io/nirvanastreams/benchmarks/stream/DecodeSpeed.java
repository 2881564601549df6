package io.nirvanastreams.benchmarks.stream;

import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Images decoded in a second by one thread, by format, size and library. Stateless. */
final class DecodeSpeed {
  private static final int COUNT = 16;
  private static final double SECONDS = 1;
  private static final String PLATFORM = "com.sun.imageio.";

  private DecodeSpeed() {}

  /**
   * A line for each format and size: the product's decoder with its checks and the resizing to
   * 32x32, then decoding alone by the platform, by TwelveMonkeys where it reads the format, and by
   * Pillow.
   *
   * @param directory for the images that Pillow reads
   * @param python an interpreter with Pillow; empty for none
   */
  static void print(Path directory, String python) throws IOException {
    Map<String, List<byte[]>> kinds = new LinkedHashMap<>();
    for (String format : List.of("jpg", "png")) {
      for (int[] size : new int[][] {{32, 32}, {640, 480}, {1920, 1080}}) {
        String kind = format + " " + size[0] + "x" + size[1];
        kinds.put(kind, Images.encoded(format, size[0], size[1], COUNT));
      }
    }
    Map<String, Double> pillow = python.isEmpty() ? Map.of() : pillow(kinds, directory, python);
    System.out.printf(
        Locale.ROOT,
        "%n%-18s %10s %10s %14s %10s%n",
        "decoding, images/s",
        "product",
        "ImageIO",
        "TwelveMonkeys",
        "Pillow");
    for (Map.Entry<String, List<byte[]>> kind : kinds.entrySet()) {
      List<byte[]> images = kind.getValue();
      System.out.printf(
          Locale.ROOT,
          "%-18s %10.0f %10.0f %14.0f %10.0f%n",
          kind.getKey(),
          rate(images, product()),
          rate(images, image -> read(image, true)),
          kind.getKey().startsWith("jpg") ? rate(images, image -> read(image, false)) : Double.NaN,
          pillow.getOrDefault(kind.getKey(), Double.NaN));
    }
  }

  private static Map<String, Double> pillow(
      Map<String, List<byte[]>> kinds, Path directory, String python) throws IOException {
    Path images = Files.createDirectories(directory.resolve("images"));
    for (Map.Entry<String, List<byte[]>> kind : kinds.entrySet()) {
      Path folder = Files.createDirectories(images.resolve(kind.getKey()));
      for (int i = 0; i < kind.getValue().size(); i++) {
        Files.write(folder.resolve(Integer.toString(i)), kind.getValue().get(i));
      }
    }
    Process process =
        new ProcessBuilder(
                python,
                "benchmarks/python/decode_speed.py",
                images.toString(),
                Double.toString(SECONDS))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, Double> rates = new LinkedHashMap<>();
    for (String line : process.inputReader().lines().toList()) {
      int space = line.lastIndexOf(' ');
      rates.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
    }
    return rates;
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

  private static void read(byte[] image, boolean platform) {
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(image))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      while (readers.hasNext()) {
        ImageReader reader = readers.next();
        if (reader.getClass().getName().startsWith(PLATFORM) == platform) {
          reader.setInput(stream, true, true);
          var unused = reader.read(0);
          reader.dispose();
          return;
        }
      }
      throw new IllegalStateException("no reader");
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
