package io.nirvanastreams.trainer.protocol;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Class splits that published experiments share, so that their figures can stand beside each other:
 * {@code splits_2020}, five splits a data set (Chen et al., "Learning Open Set Network with
 * Discriminative Reciprocal Points", ECCV 2020, and what followed it). Immutable.
 *
 * <p>Numbers are those of the data set's own classes, counted from 0: digits, the labels of the
 * CIFAR files, the sorted folders of Tiny-ImageNet. CIFAR+N trains on four classes of CIFAR-10,
 * {@code cifar100}, and draws its unknowns from CIFAR-100, {@code cifar100-10} or {@code
 * cifar100-50}.
 *
 * @param name such as {@code splits_2020/mnist}
 * @param splits the classes of each split, in the order of its vertices
 */
public record ClassSplits(String name, List<List<Integer>> splits) {
  private static final String PROTOCOL = "splits_2020";

  /** Copies the lists. */
  public ClassSplits {
    splits = splits.stream().map(List::copyOf).toList();
  }

  /**
   * Splits by name.
   *
   * @throws IllegalArgumentException when there are none of that name; the message lists all
   */
  public static ClassSplits named(String name) {
    Map<String, List<List<Integer>>> all = all();
    List<List<Integer>> found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no splits are called '" + name + "'; there are " + all.keySet());
    }
    return new ClassSplits(name, found);
  }

  /** The names of all splits. */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * The class names of a split.
   *
   * @param number of the split, from 1
   * @param classes of the data set, by their numbers
   * @throws IllegalArgumentException when there is no such split, or the data set has too few
   *     classes for it
   */
  public List<String> classes(int number, List<String> classes) {
    if (number < 1 || number > splits.size()) {
      throw new IllegalArgumentException(
          name + " has the splits 1 to " + splits.size() + ", not " + number);
    }
    List<String> names = new ArrayList<>();
    for (int index : splits.get(number - 1)) {
      if (index >= classes.size()) {
        throw new IllegalArgumentException(
            name + " takes class " + index + ", the data has only " + classes.size() + " classes");
      }
      names.add(classes.get(index));
    }
    return names;
  }

  private static Map<String, List<List<Integer>>> all() {
    Map<String, List<List<Integer>>> all = new TreeMap<>();
    try (InputStream in = ClassSplits.class.getResourceAsStream("/" + PROTOCOL + ".json")) {
      Map<String, List<List<Integer>>> read =
          new ObjectMapper().readValue(in, new TypeReference<>() {});
      read.forEach((dataSet, splits) -> all.put(PROTOCOL + "/" + dataSet, splits));
    } catch (IOException e) {
      throw new UncheckedIOException("the published splits are not in the jar", e);
    }
    return all;
  }
}
