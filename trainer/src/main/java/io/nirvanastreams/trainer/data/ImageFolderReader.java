package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    List<Path> folders = ImageFiles.children(root, true);
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

  private static List<byte[]> readImages(Path folder, InputShape shape) throws IOException {
    List<Path> files = ImageFiles.children(folder, false);
    if (files.isEmpty()) {
      throw new UnusableDataException(
          folder + " has no image; fill the class or remove its folder");
    }
    return List.of(ImageFiles.decode(files, shape));
  }
}
