package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The odd images that src/test/corpus/make.py makes, and what must come out of each. */
final class Corpus {
  static final InputShape COLOUR = new InputShape(3, 16, 24);
  static final InputShape GREY = new InputShape(1, 16, 24);

  private static final int[][] FIELDS = {
    {200, 40, 40}, {40, 180, 60}, {30, 50, 190}, {220, 220, 220}
  };

  private Corpus() {}

  /** Expectations by file name: colour or grey with a tolerance, or refused with a reason. */
  static Map<String, String> expectations() {
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(open("expectations.properties"), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Map<String, String> sorted = new TreeMap<>();
    properties.forEach((name, expected) -> sorted.put((String) name, (String) expected));
    return sorted;
  }

  static byte[] file(String name) {
    try (InputStream stream = open(name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the picture has at a pixel. */
  static int[] seen(int x, int y) {
    return FIELDS[(x >= 12 ? 1 : 0) + (y >= 8 ? 2 : 0)].clone();
  }

  private static InputStream open(String name) {
    return Corpus.class.getResourceAsStream("/corpus/" + name);
  }
}
