package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.model.InputShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the layout of Tiny-ImageNet: {@code wnids.txt} lists the classes, {@code train/WNID/images}
 * holds theirs, {@code val/images} with {@code val_annotations.txt} those to test with. {@code
 * words.txt} names the classes; without it they are called by their identifiers. Stateless.
 *
 * <p>Classes are in the order of their identifiers, not that of {@code wnids.txt}: the published
 * class splits count so. A part of the data set is taken as well: classes without training images
 * are left out, and where there is no {@code train} the other images are those to train with.
 */
public final class TinyImageNetReader {
  private TinyImageNetReader() {}

  /** Whether a folder looks like it. */
  static boolean fits(Path folder) {
    return Files.isRegularFile(folder.resolve("wnids.txt"))
        && (Files.isDirectory(folder.resolve("train")) || Files.isDirectory(folder.resolve("val")));
  }

  /**
   * Reads the folder.
   *
   * @param shape that images are scaled to
   * @throws UnusableDataException when files are missing, contradict each other or cannot be
   *     decoded
   */
  public static DataSource read(Path folder, InputShape shape) throws IOException {
    Set<String> identifiers = Set.copyOf(ClassNames.read(folder.resolve("wnids.txt")));
    Map<String, List<Path>> train = trainFiles(folder.resolve("train"), identifiers);
    Map<String, List<Path>> validation = validationFiles(folder.resolve("val"), identifiers);
    if (train.isEmpty() && validation.isEmpty()) {
      throw new UnusableDataException(
          folder + " lists classes but holds no image; unpack the whole data set");
    }
    Map<String, List<Path>> learned = train.isEmpty() ? validation : train;
    validation.keySet().retainAll(learned.keySet());
    List<String> names = names(folder.resolve("words.txt"), List.copyOf(learned.keySet()));
    ImageSet first = decode(learned, names, shape);
    return new DataSource(
        "Tiny-ImageNet",
        first,
        train.isEmpty() || validation.isEmpty()
            ? first.subset(new int[0])
            : decode(pad(validation, learned), names, shape));
  }

  private static Map<String, List<Path>> pad(
      Map<String, List<Path>> some, Map<String, List<Path>> all) {
    Map<String, List<Path>> padded = new TreeMap<>();
    all.keySet().forEach(key -> padded.put(key, some.getOrDefault(key, List.of())));
    return padded;
  }

  private static ImageSet decode(
      Map<String, List<Path>> files, List<String> names, InputShape shape) throws IOException {
    List<Path> flat = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    int label = 0;
    for (List<Path> ofClass : files.values()) {
      for (Path file : ofClass) {
        flat.add(file);
        labels.add(label);
      }
      label++;
    }
    int[] all = labels.stream().mapToInt(Integer::intValue).toArray();
    return new ImageSet(shape, names, ImageFiles.decode(flat, shape), all);
  }

  private static Map<String, List<Path>> trainFiles(Path train, Set<String> identifiers)
      throws IOException {
    Map<String, List<Path>> files = new TreeMap<>();
    if (Files.isDirectory(train)) {
      for (Path folder : ImageFiles.children(train, true)) {
        String identifier = folder.getFileName().toString();
        if (!identifiers.contains(identifier)) {
          throw new UnusableDataException(
              folder + " is no class of wnids.txt; correct the list or remove the folder");
        }
        List<Path> images = ImageFiles.children(folder.resolve("images"), false);
        if (images.isEmpty()) {
          throw new UnusableDataException(folder + " has no image; unpack the whole data set");
        }
        files.put(identifier, images);
      }
    }
    return files;
  }

  private static Map<String, List<Path>> validationFiles(Path folder, Set<String> identifiers)
      throws IOException {
    Map<String, List<Path>> files = new TreeMap<>();
    Path annotations = folder.resolve("val_annotations.txt");
    if (!Files.exists(annotations)) {
      return files;
    }
    int number = 0;
    for (String line : Files.readAllLines(annotations)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] cells = line.split("\t", -1);
      if (cells.length < 2 || !identifiers.contains(cells[1]) || cells[0].matches(".*[/\\\\].*")) {
        throw new UnusableDataException(
            annotations + " line " + number + " is no file name and class; unpack it again");
      }
      files
          .computeIfAbsent(cells[1], identifier -> new ArrayList<>())
          .add(folder.resolve("images").resolve(cells[0]));
    }
    return files;
  }

  /** The first word for each class; with its identifier where several classes share the word. */
  private static List<String> names(Path words, List<String> identifiers) throws IOException {
    if (!Files.exists(words)) {
      return identifiers;
    }
    Map<String, String> first = new HashMap<>();
    for (String line : Files.readAllLines(words)) {
      String[] cells = line.split("\t", 2);
      if (cells.length == 2 && !cells[1].isBlank()) {
        first.put(cells[0], cells[1].split(",", -1)[0].trim());
      }
    }
    Map<String, Integer> uses = new HashMap<>();
    identifiers.forEach(id -> uses.merge(first.getOrDefault(id, id), 1, Integer::sum));
    return identifiers.stream()
        .map(
            id -> {
              String word = first.getOrDefault(id, id);
              return uses.get(word) == 1 ? word : word + " " + id;
            })
        .toList();
  }
}
