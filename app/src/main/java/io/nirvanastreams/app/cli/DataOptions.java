package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.TrainingData;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.DataSource;
import io.nirvanastreams.trainer.data.UnusableDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options of commands that read a data set. For use as a mixin. */
public final class DataOptions {
  private static final Pattern SHAPE = Pattern.compile("([13])x(\\d{1,4})x(\\d{1,4})");

  @Option(
      names = "--data",
      paramLabel = "PATH",
      required = true,
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

  long seed() {
    return seed;
  }

  /**
   * Reads and cuts the data set.
   *
   * @throws UsageException when it is not usable as told
   */
  TrainingData read() throws IOException {
    return cut(open(data, shape()));
  }

  /** Reads and cuts the data set for a model: its classes, its shape. */
  TrainingData read(List<String> modelClasses, InputShape shape) throws IOException {
    DataSource source = open(data, shape);
    List<String> known = classes.isEmpty() ? modelClasses : classes;
    List<String> rest = new ArrayList<>(source.train().classes());
    rest.removeAll(known);
    return cut(source, known, holdOut.isEmpty() ? rest : holdOut);
  }

  private TrainingData cut(DataSource source) {
    return cut(source, classes, holdOut);
  }

  private TrainingData cut(DataSource source, List<String> known, List<String> heldOut) {
    try {
      return TrainingData.of(source, known, heldOut, validation, calibration, seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static DataSource open(Path path, InputShape shape) throws IOException {
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
