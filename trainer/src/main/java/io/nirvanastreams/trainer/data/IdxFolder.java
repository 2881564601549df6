package io.nirvanastreams.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The IDX files of a folder: images with the labels of the same name beside them. Stateless. */
final class IdxFolder {
  private static final Pattern IMAGES = Pattern.compile("(.+)-images[-.]idx3-ubyte(\\.gz)?");
  private static final String LABELS = "-labels[-.]idx1-(ubyte|short|int)(\\.gz)?";

  private IdxFolder() {}

  static boolean isImages(Path file) {
    return IMAGES.matcher(file.getFileName().toString()).matches();
  }

  /**
   * Reads all of them. Files whose names start with {@code t10k} or {@code test} are set aside to
   * test with. Class names are in {@code PREFIX-classes.txt} or {@code classes.txt}.
   */
  static DataSource read(Path folder, List<Path> images) throws IOException {
    ImageSet train = null;
    ImageSet test = null;
    for (Path file : images) {
      Matcher matcher = IMAGES.matcher(file.getFileName().toString());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(file + " is no IDX file of images");
      }
      String prefix = matcher.group(1);
      ImageSet part = IdxReader.read(file, labels(folder, file, prefix), names(folder, prefix));
      if (prefix.startsWith("t10k") || prefix.startsWith("test")) {
        test = test == null ? part : test.concat(part);
      } else {
        train = train == null ? part : train.concat(part);
      }
    }
    return DataSource.of("IDX", train == null ? test : train, train == null ? null : test);
  }

  private static Path labels(Path folder, Path images, String prefix) throws IOException {
    Pattern wanted = Pattern.compile(Pattern.quote(prefix) + LABELS);
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> wanted.matcher(f.getFileName().toString()).matches())
          .sorted()
          .findFirst()
          .orElseThrow(
              () ->
                  new UnusableDataException(
                      "%s has no labels; put %s-labels-idx1-ubyte beside it"
                          .formatted(images, prefix)));
    }
  }

  private static List<String> names(Path folder, String prefix) throws IOException {
    for (String name : List.of(prefix + "-classes.txt", "classes.txt")) {
      if (Files.exists(folder.resolve(name))) {
        return ClassNames.read(folder.resolve(name));
      }
    }
    return List.of();
  }
}
