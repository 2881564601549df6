package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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
  private static final Pattern IDX_IMAGES = Pattern.compile("(.+)-images[-.]idx3-ubyte(\\.gz)?");

  /**
   * Reads a folder by what is in it: IDX files, CIFAR binary batches, a folder of images a class,
   * or folders {@code train} and {@code test} of the latter kind.
   *
   * @param shape that images in folders are scaled to, or null for 32x32 in colour; the other
   *     formats have their own
   * @throws UnusableDataException when it holds nothing of these, or something broken
   */
  public static DataSource open(Path folder, InputShape shape) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UnusableDataException(folder + " is no folder; check the path");
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    List<Path> idx =
        files.stream()
            .filter(f -> IDX_IMAGES.matcher(f.getFileName().toString()).matches())
            .toList();
    if (!idx.isEmpty()) {
      return openIdx(folder, idx);
    }
    if (Files.exists(folder.resolve("data_batch_1.bin"))) {
      List<Path> batches = files.stream().filter(f -> named(f, "data_batch_\\d+\\.bin")).toList();
      return openCifar(CifarReader.Variant.CIFAR_10, batches, folder.resolve("test_batch.bin"));
    }
    if (Files.exists(folder.resolve("train.bin"))) {
      List<Path> batches = List.of(folder.resolve("train.bin"));
      return openCifar(CifarReader.Variant.CIFAR_100, batches, folder.resolve("test.bin"));
    }
    if (files.stream().noneMatch(Files::isDirectory)) {
      throw new UnusableDataException(
          folder
              + " holds no data set: give IDX files, CIFAR .bin batches, or one folder of images a"
              + " class");
    }
    return openFolders(folder, shape == null ? FOLDER_SHAPE : shape);
  }

  private static DataSource openIdx(Path folder, List<Path> images) throws IOException {
    Path names = folder.resolve("classes.txt");
    List<String> classes = Files.exists(names) ? ClassNames.read(names) : List.of();
    ImageSet train = null;
    ImageSet test = null;
    for (Path file : images) {
      String name = file.getFileName().toString();
      Path labels = folder.resolve(name.replace("-images", "-labels").replace("idx3", "idx1"));
      if (!Files.exists(labels)) {
        throw new UnusableDataException(file + " has no labels; put " + labels + " beside it");
      }
      ImageSet part = IdxReader.read(file, labels, classes);
      if (name.startsWith("t10k") || name.startsWith("test")) {
        test = test == null ? part : test.concat(part);
      } else {
        train = train == null ? part : train.concat(part);
      }
    }
    return of("IDX", train == null ? test : train, train == null ? null : test);
  }

  private static DataSource openCifar(CifarReader.Variant variant, List<Path> batches, Path test)
      throws IOException {
    ImageSet train = CifarReader.read(variant, batches);
    return of(
        variant == CifarReader.Variant.CIFAR_10 ? "CIFAR-10" : "CIFAR-100",
        train,
        Files.exists(test) ? CifarReader.read(variant, List.of(test)) : null);
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

  private static DataSource of(String format, ImageSet train, ImageSet test) {
    return new DataSource(format, train, test == null ? train.subset(new int[0]) : test);
  }

  private static boolean named(Path file, String pattern) {
    return file.getFileName().toString().matches(pattern);
  }
}
