package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a folder with one folder of image files a class. Classes and files are taken in the order
 * of their names; hidden ones are skipped. Every file must be an image that {@link ImageDecoder}
 * takes; it is scaled to the shape asked for. Stateless.
 */
public final class ImageFolderReader {
  private ImageFolderReader() {}

  /**
   * Reads all classes.
   *
   * @throws UnusableDataException when there is no class, a class has no image, or a file cannot be
   *     decoded
   */
  public static ImageSet read(Path root, InputShape shape) throws IOException {
    List<Path> folders = children(root, true);
    if (folders.isEmpty()) {
      throw new UnusableDataException(
          root + " has no folders; make one folder a class and put its images in it");
    }
    List<String> classes = new ArrayList<>();
    List<byte[]> pixels = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path folder : folders) {
      List<byte[]> images = readImages(folder, shape);
      pixels.addAll(images);
      images.forEach(image -> labels.add(classes.size()));
      classes.add(folder.getFileName().toString());
    }
    return new ImageSet(
        shape,
        classes,
        pixels.toArray(byte[][]::new),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * Reads the images of one folder, and of the folders in it, as a set with the single class {@code
   * background}.
   */
  public static ImageSet readBackground(Path folder, InputShape shape) throws IOException {
    List<byte[]> pixels = new ArrayList<>();
    if (!children(folder, false).isEmpty()) {
      pixels.addAll(readImages(folder, shape));
    }
    for (Path child : children(folder, true)) {
      pixels.addAll(readBackground(child, shape).pixels());
    }
    if (pixels.isEmpty()) {
      throw new UnusableDataException(folder + " has no image; put the background images there");
    }
    return new ImageSet(
        shape, List.of("background"), pixels.toArray(byte[][]::new), new int[pixels.size()]);
  }

  private static List<byte[]> readImages(Path folder, InputShape shape) throws IOException {
    ImageDecoder decoder = new ImageDecoder();
    List<byte[]> images = new ArrayList<>();
    for (Path file : children(folder, false)) {
      try {
        images.add(decoder.decode(Files.readAllBytes(file), shape, null));
      } catch (UndecodableImageException e) {
        throw new UnusableDataException(
            file + " is no usable image (" + e.getMessage() + "); remove or convert it", e);
      }
    }
    if (images.isEmpty()) {
      throw new UnusableDataException(
          folder + " has no image; fill the class or remove its folder");
    }
    return images;
  }

  private static List<Path> children(Path folder, boolean folders) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UnusableDataException(folder + " is no folder; check the path");
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> Files.isDirectory(p) == folders)
          .filter(p -> !p.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(p -> p.getFileName().toString()))
          .toList();
    }
  }
}
