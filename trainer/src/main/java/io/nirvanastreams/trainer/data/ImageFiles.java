package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Files of one image each: found in folders, and decoded on all processors. Stateless. */
final class ImageFiles {
  private ImageFiles() {}

  /**
   * Decodes files and scales them to a shape. The result does not depend on the number of
   * processors; of several unusable files the first is the one reported.
   *
   * @throws UnusableDataException when one cannot be decoded
   */
  static byte[][] decode(List<Path> files, InputShape shape) throws IOException {
    ImageDecoder decoder = new ImageDecoder();
    List<Decoded> all = files.parallelStream().map(file -> decode(decoder, file, shape)).toList();
    byte[][] images = new byte[all.size()][];
    for (int i = 0; i < images.length; i++) {
      Decoded decoded = all.get(i);
      if (decoded.failure instanceof UndecodableImageException e) {
        throw new UnusableDataException(
            files.get(i) + " is no usable image (" + e.getMessage() + "); remove or convert it", e);
      }
      if (decoded.failure != null) {
        throw new IOException("Cannot read " + files.get(i), decoded.failure);
      }
      images[i] = decoded.pixels;
    }
    return images;
  }

  private static Decoded decode(ImageDecoder decoder, Path file, InputShape shape) {
    try {
      return new Decoded(decoder.decode(Files.readAllBytes(file), shape, null), null);
    } catch (IOException | UndecodableImageException e) {
      return new Decoded(null, e);
    }
  }

  /** What is directly in a folder and not hidden, in the order of the names. */
  static List<Path> children(Path folder, boolean folders) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UnusableDataException(folder + " is no folder; check the path");
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> Files.isDirectory(p) == folders)
          .filter(p -> !hidden(p))
          .sorted(Comparator.comparing(p -> p.getFileName().toString()))
          .toList();
    }
  }

  /** All files in a tree that are images by their names, none of them hidden, in order. */
  static List<Path> tree(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(ImageFiles::named)
          .filter(
              p ->
                  Stream.iterate(p, q -> !q.equals(root), Path::getParent)
                      .noneMatch(q -> hidden(q)))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static boolean hidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static boolean named(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  private static final class Decoded {
    private final byte[] pixels;
    private final Exception failure;

    Decoded(byte[] pixels, Exception failure) {
      this.pixels = pixels;
      this.failure = failure;
    }
  }
}
