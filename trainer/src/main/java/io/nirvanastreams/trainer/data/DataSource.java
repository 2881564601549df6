package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A data set found in a folder. Immutable.
 *
 * @param format what the folder held, in words
 * @param train images to learn from
 * @param test images set aside by whoever made the data set; empty when there are none
 */
public record DataSource(String format, ImageSet train, ImageSet test) {
  private static final InputShape FOLDER_SHAPE = new InputShape(3, 32, 32);
  private static final InputShape TINY_IMAGENET_SHAPE = new InputShape(3, 64, 64);
  private static final long MOST_BYTES = 1 << 30;
  private static final String CIFAR_10 = "data_batch_1.bin";
  private static final String CIFAR_100 = "train.bin";
  private static final String SVHN = "train_32x32.mat";

  /**
   * Reads a folder by what is in it: IDX files, CIFAR binary batches, the MATLAB files of SVHN, the
   * layout of Tiny-ImageNet, NumPy files of images without labels, a folder of images a class, or
   * folders {@code train} and {@code test} of the latter kind.
   *
   * @param shape that images in folders are scaled to, or null for 32x32 in colour (Tiny-ImageNet:
   *     64x64); the other formats have their own
   * @throws UnusableDataException when it holds nothing of these, or something broken
   */
  public static DataSource open(Path folder, InputShape shape) throws IOException {
    List<Path> arrays = BackgroundReader.arrays(folder);
    if (!Files.isDirectory(folder) && !arrays.isEmpty()) {
      return openArrays(folder, arrays);
    }
    if (!Files.isDirectory(folder)) {
      throw new UnusableDataException(folder + " is no folder; check the path");
    }
    List<Path> files = list(folder);
    List<Path> idx = files.stream().filter(IdxFolder::isImages).toList();
    if (!idx.isEmpty()) {
      return IdxFolder.read(folder, idx);
    }
    if (Files.exists(folder.resolve(CIFAR_10))) {
      List<Path> batches = files.stream().filter(f -> named(f, "data_batch_\\d+\\.bin")).toList();
      return openCifar(CifarReader.Variant.CIFAR_10, batches, folder.resolve("test_batch.bin"));
    }
    if (Files.exists(folder.resolve(CIFAR_100))) {
      List<Path> batches = List.of(folder.resolve(CIFAR_100));
      return openCifar(CifarReader.Variant.CIFAR_100, batches, folder.resolve("test.bin"));
    }
    if (Files.exists(folder.resolve(SVHN))) {
      Path test = folder.resolve("test_32x32.mat");
      ImageSet held = Files.exists(test) ? SvhnReader.read(test) : null;
      return of("SVHN", SvhnReader.read(folder.resolve(SVHN)), held);
    }
    if (TinyImageNetReader.fits(folder)) {
      return TinyImageNetReader.read(folder, shape == null ? TINY_IMAGENET_SHAPE : shape);
    }
    if (!arrays.isEmpty()) {
      return openArrays(folder, arrays);
    }
    if (files.stream().noneMatch(Files::isDirectory)) {
      throw new UnusableDataException(
          folder
              + " holds no data set: give IDX files, CIFAR .bin batches, SVHN .mat files, the"
              + " folder of Tiny-ImageNet, or one folder of images a class");
    }
    return openFolders(folder, shape == null ? FOLDER_SHAPE : shape);
  }

  /** Whether a folder has one of the formats that can be told by their files' names. */
  static boolean recognises(Path folder) throws IOException {
    return list(folder).stream().anyMatch(IdxFolder::isImages)
        || Stream.of(CIFAR_10, CIFAR_100, SVHN).anyMatch(f -> Files.exists(folder.resolve(f)))
        || TinyImageNetReader.fits(folder);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static DataSource openCifar(CifarReader.Variant variant, List<Path> batches, Path test)
      throws IOException {
    ImageSet train = CifarReader.read(variant, batches);
    return of(
        variant == CifarReader.Variant.CIFAR_10 ? "CIFAR-10" : "CIFAR-100",
        train,
        Files.exists(test) ? CifarReader.read(variant, List.of(test)) : null);
  }

  private static DataSource openArrays(Path path, List<Path> arrays) throws IOException {
    long bytes = 0;
    for (Path array : arrays) {
      bytes += Files.size(array);
    }
    if (bytes > MOST_BYTES) {
      throw new UnusableDataException(
          path + " has " + bytes + " bytes; take it as background images, with a limit");
    }
    InputShape first = NpyImages.open(arrays.get(0)).shape();
    return of("NumPy", BackgroundReader.read(path, first, Integer.MAX_VALUE, 0), null);
  }

  private static DataSource openFolders(Path folder, InputShape shape) throws IOException {
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    if (!Files.isDirectory(train)) {
      return of("image folders", ImageFolderReader.read(folder, shape), null);
    }
    ImageSet known = ImageFolderReader.read(train, shape);
    if (!Files.isDirectory(test)) {
      return of("image folders", known, null);
    }
    ImageSet held = ImageFolderReader.read(test, shape);
    List<String> strange = new ArrayList<>(held.classes());
    strange.removeAll(known.classes());
    if (!strange.isEmpty()) {
      throw new UnusableDataException(
          test + " has the classes " + strange + " that " + train + " has not; make them agree");
    }
    return of("image folders", known, held.withClasses(known.classes()));
  }

  /** A data set; without images to test with when they are null. */
  static DataSource of(String format, ImageSet train, ImageSet test) {
    return new DataSource(format, train, test == null ? train.subset(new int[0]) : test);
  }

  private static boolean named(Path file, String pattern) {
    return file.getFileName().toString().matches(pattern);
  }
}
