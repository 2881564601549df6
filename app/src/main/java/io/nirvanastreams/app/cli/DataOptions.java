package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.DataSource;
import io.nirvanastreams.trainer.data.UnusableDataException;
import io.nirvanastreams.trainer.protocol.ClassSplits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of commands that read a data set. For use as a mixin. */
public final class DataOptions {
  private static final Pattern SHAPE = Pattern.compile("([13])x(\\d{1,4})x(\\d{1,4})");

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description =
          "Data set: a folder of IDX files, CIFAR batches, SVHN .mat files, Tiny-ImageNet, or one"
              + " folder of images a class.")
  private Path data;

  @Option(
      names = "--classes",
      paramLabel = "NAME",
      split = ",",
      description = "The classes to know, in this order (default: all that are not held out).")
  private List<String> classes = new ArrayList<>();

  @Option(
      names = "--hold-out",
      paramLabel = "NAME",
      split = ",",
      description = "Classes that are never trained on; they test what is unknown.")
  private List<String> holdOut = new ArrayList<>();

  @Option(
      names = "--image-size",
      paramLabel = "CxHxW",
      description = "Size that images in folders are scaled to (default: 3x32x32).")
  private String imageSize;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "Share of the images to choose by (default: ${DEFAULT-VALUE}).")
  private double validation;

  @Option(
      names = "--calibration",
      paramLabel = "SHARE",
      defaultValue = "0.15",
      description = "Share of the images to calibrate with (default: ${DEFAULT-VALUE}).")
  private double calibration;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  private ClassSplits splits;
  private int split;

  long seed() {
    return seed;
  }

  /**
   * Takes over a setting of a recipe file.
   *
   * @param key the long name of an option, without dashes
   * @throws UsageException for a value that cannot be used
   */
  void take(String key, String value) {
    try {
      switch (key) {
        case "data" -> data = Path.of(value);
        case "classes" -> classes = names(value);
        case "hold-out" -> holdOut = names(value);
        case "image-size" -> imageSize = value;
        case "validation" -> validation = Double.parseDouble(value);
        case "calibration" -> calibration = Double.parseDouble(value);
        case "seed" -> seed = Long.parseLong(value);
        default -> throw new IllegalArgumentException("no option of a data set: " + key);
      }
    } catch (NumberFormatException e) {
      throw new UsageException("the recipe's " + key + " cannot be '" + value + "'", e);
    }
  }

  private static List<String> names(String value) {
    return Stream.of(value.split(",", -1)).map(String::trim).toList();
  }

  /** Knows the classes of a published split and holds out the others, unless classes are named. */
  void takeSplit(ClassSplits published, int number) {
    splits = published;
    split = number;
  }

  /**
   * Reads and cuts the data set.
   *
   * @throws UsageException when it is not usable as told
   */
  TrainingData read() throws IOException {
    DataSource source = open(data, shape());
    if (splits == null || !classes.isEmpty() || !holdOut.isEmpty()) {
      return cut(source, classes, holdOut);
    }
    try {
      List<String> known = splits.classes(split, source.train().classes());
      List<String> rest = new ArrayList<>(source.train().classes());
      rest.removeAll(known);
      return cut(source, known, rest);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /**
   * Reads and cuts the data set with further classes behind those named.
   *
   * @throws UsageException when it is not usable as told, or no classes are named
   */
  TrainingData readWith(List<String> added) throws IOException {
    if (classes.isEmpty()) {
      throw new UsageException("name the classes that are known first by --classes");
    }
    List<String> all = new ArrayList<>(classes);
    all.addAll(added);
    return cut(open(data, shape()), all, holdOut);
  }

  /**
   * Reads and cuts the data set without some classes, where it has them: they count as held out.
   *
   * @throws UsageException when it is not usable as told
   */
  TrainingData readWithout(Set<String> left) throws IOException {
    DataSource source = open(data, shape());
    Set<String> out = new LinkedHashSet<>(holdOut);
    source.train().classes().stream().filter(left::contains).forEach(out::add);
    return cut(source, classes, List.copyOf(out));
  }

  /** The data set as it was named, or null. */
  Path path() {
    return data;
  }

  /** Reads and cuts the data set for a model: its classes, its shape. */
  TrainingData read(List<String> modelClasses, InputShape shape) throws IOException {
    DataSource source = open(data, shape);
    List<String> known = classes.isEmpty() ? modelClasses : classes;
    List<String> rest = new ArrayList<>(source.train().classes());
    rest.removeAll(known);
    return cut(source, known, holdOut.isEmpty() ? rest : holdOut);
  }

  private TrainingData cut(DataSource source, List<String> known, List<String> heldOut) {
    try {
      return TrainingData.of(source, known, heldOut, validation, calibration, seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static DataSource open(Path path, InputShape shape) throws IOException {
    if (path == null) {
      throw new UsageException("--data is missing; name a data set");
    }
    try {
      return DataSource.open(path, shape);
    } catch (UnusableDataException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private InputShape shape() {
    if (imageSize == null) {
      return null;
    }
    Matcher matcher = SHAPE.matcher(imageSize);
    if (!matcher.matches()) {
      throw new UsageException(
          "--image-size is '" + imageSize + "'; write channels, height, width, such as 3x32x32");
    }
    try {
      return new InputShape(
          Integer.parseInt(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
