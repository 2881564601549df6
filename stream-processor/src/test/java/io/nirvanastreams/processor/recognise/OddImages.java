package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.schemas.ImageEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The corpus of odd images, and what chance makes of it. */
final class OddImages {
  private static final int MOST_CHANGES = 8;

  private OddImages() {}

  /** All files of the corpus that are images, accepted and refused ones. */
  static List<byte[]> corpus() {
    try (Stream<Path> files =
        Files.list(
            Path.of(OddImages.class.getResource("/corpus/colour.png").toURI()).getParent())) {
      List<byte[]> images = new ArrayList<>();
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        images.add(Files.readAllBytes(file));
      }
      return images;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An image with some bytes changed, cut out, doubled or taken from another. */
  static byte[] broken(List<byte[]> corpus, Random random) {
    byte[] bytes = corpus.get(random.nextInt(corpus.size())).clone();
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> Arrays.fill(bytes, at, end(at, bytes, random), (byte) (random.nextInt(2) - 1));
        case 3 -> bytes = joined(bytes, at, bytes, end(at, bytes, random));
        case 4 -> bytes = joined(bytes, end(at, bytes, random), bytes, at);
        default -> {
          byte[] other = corpus.get(random.nextInt(corpus.size()));
          bytes = joined(bytes, at, other, random.nextInt(other.length + 1));
        }
      }
    }
    return bytes;
  }

  static ImageEvent event(byte[] bytes) {
    return ImageEvent.newBuilder()
        .setEventId("odd")
        .setSourceId("camera")
        .setBytes(ByteBuffer.wrap(bytes))
        .build();
  }

  private static int end(int at, byte[] bytes, Random random) {
    return Math.min(bytes.length, at + 1 + random.nextInt(16));
  }

  /** The start of one, and the rest of another. */
  private static byte[] joined(byte[] first, int end, byte[] second, int start) {
    byte[] both = Arrays.copyOf(first, end + second.length - start);
    System.arraycopy(second, start, both, end, second.length - start);
    return both;
  }
}
