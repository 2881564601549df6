package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.image.Pixels;
import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads images of no class from whatever holds images: NumPy files, any data set that {@link
 * DataSource} knows, or a folder of image files in any depth. They are scaled, and made grey or
 * coloured, as the training images are. The set has the single class {@code background}. Stateless.
 *
 * <p>Where there are more than wanted a seed chooses, before anything is decoded where the format
 * allows it.
 */
public final class BackgroundReader {
  /** The class that the images get. */
  public static final String CLASS = "background";

  private BackgroundReader() {}

  /**
   * Reads a file or a folder.
   *
   * @param path a {@code .npy} file, a folder of such, or a folder of images
   * @param shape of the training images
   * @param most how many to take at most
   * @param seed chooses which, in their old order
   * @throws UnusableDataException when there is no image, or one cannot be read
   */
  public static ImageSet read(Path path, InputShape shape, int most, long seed) throws IOException {
    if (most < 1) {
      throw new IllegalArgumentException(most + " background images; take at least one");
    }
    List<Path> arrays = arrays(path);
    if (!arrays.isEmpty()) {
      return set(shape, fromArrays(arrays, shape, most, seed));
    }
    if (!Files.isDirectory(path)) {
      throw new UnusableDataException(
          path + " is neither a folder nor a .npy file; check the path");
    }
    if (DataSource.recognises(path) && !TinyImageNetReader.fits(path)) {
      return of(DataSource.open(path, shape).train(), shape, most, seed);
    }
    // Tiny-ImageNet and folders are trees of files: choosing before decoding saves the decoding.
    Path train = path.resolve("train");
    boolean tiny = TinyImageNetReader.fits(path) && Files.isDirectory(train);
    List<Path> files = ImageFiles.tree(tiny ? train : path);
    if (files.isEmpty()) {
      throw new UnusableDataException(path + " has no image; put the background images there");
    }
    List<Path> chosen =
        Arrays.stream(Shuffle.choose(files.size(), most, seed)).mapToObj(files::get).toList();
    return set(shape, ImageFiles.decode(chosen, shape));
  }

  /** The images of another set, without their classes and in the shape of the training images. */
  public static ImageSet of(ImageSet images, InputShape shape, int most, long seed) {
    return set(
        shape,
        Arrays.stream(Shuffle.choose(images.size(), most, seed))
            .mapToObj(i -> Pixels.convert(images.pixels(i), images.shape(), shape))
            .toArray(byte[][]::new));
  }

  /** NumPy files at a path: itself, or those directly in the folder. */
  static List<Path> arrays(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Files.exists(path) && isArray(path) ? List.of(path) : List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(BackgroundReader::isArray).sorted().toList();
    }
  }

  private static boolean isArray(Path path) {
    return path.getFileName().toString().endsWith(".npy");
  }

  private static byte[][] fromArrays(List<Path> files, InputShape shape, int most, long seed)
      throws IOException {
    List<NpyImages> arrays = new ArrayList<>();
    int total = 0;
    for (Path file : files) {
      NpyImages images = NpyImages.open(file);
      arrays.add(images);
      total = Math.addExact(total, images.count());
    }
    int[] chosen = Shuffle.choose(total, most, seed);
    List<byte[]> pixels = new ArrayList<>();
    int before = 0;
    for (NpyImages images : arrays) {
      int from = before;
      before += images.count();
      int end = before;
      IntStream mine = Arrays.stream(chosen).filter(i -> i >= from && i < end).map(i -> i - from);
      pixels.addAll(List.of(images.read(mine.toArray(), shape)));
    }
    return pixels.toArray(byte[][]::new);
  }

  private static ImageSet set(InputShape shape, byte[][] pixels) {
    return new ImageSet(shape, List.of(CLASS), pixels, new int[pixels.length]);
  }
}
