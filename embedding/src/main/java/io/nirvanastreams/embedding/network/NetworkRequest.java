package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.network.NetworkSpec.Initialisation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a family of networks is asked for, and the end that all tables have in common. Immutable.
 *
 * @param architecture a name of {@link Networks#names()}
 * @param options settings; what is absent takes its default
 * @param dimension D, the length of the feature
 */
record NetworkRequest(
    String architecture,
    Map<String, String> options,
    InputShape input,
    int dimension,
    Augmentation augmentation) {

  /** The name of a tensor or layer of the network itself. */
  String name(String name) {
    return augmentation.prefix() + name;
  }

  /**
   * @throws IllegalArgumentException for an option that is neither one of these nor of those that
   *     all networks have
   */
  void requireOptions(String... known) {
    Set<String> all = new TreeSet<>(List.of(known));
    all.addAll(List.of(Augmentation.DAM, Augmentation.REVISED));
    for (String option : options.keySet()) {
      if (!all.contains(option)) {
        throw new IllegalArgumentException(
            "no option " + option + "; " + architecture + " has " + all);
      }
    }
  }

  /**
   * Refuses features that would be longer than what they are made of: C classes need D >= C - 1,
   * and a linear head cannot add a dimension.
   */
  void requireWidth(int width) {
    if (!augmentation.present() && dimension > width) {
      throw new IllegalArgumentException(
          architecture
              + " has features of length "
              + width
              + ", shorter than D = "
              + dimension
              + ": set the option dam to a number of augmentation blocks (or revised to a number of"
              + " linear layers), or take D down to "
              + width);
    }
  }

  /** A number of units or channels. */
  int positive(String option, int otherwise) {
    return positive(option, options.getOrDefault(option, String.valueOf(otherwise)));
  }

  static int positive(String option, String number) {
    int value;
    try {
      value = Integer.parseInt(number.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " is a whole number, not \"" + number + "\"", e);
    }
    if (value < 1) {
      throw new IllegalArgumentException(option + " is at least 1, not " + value);
    }
    return value;
  }

  /** A probability below 1. */
  float dropout(float otherwise) {
    String text = options.getOrDefault("dropout", String.valueOf(otherwise));
    try {
      float dropout = Float.parseFloat(text);
      if (dropout >= 0 && dropout < 1) {
        return dropout;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("dropout is a number, not \"" + text + "\"", e);
    }
    throw new IllegalArgumentException("dropout is from 0 to below 1, not " + text);
  }

  /**
   * The table of a network whose rows end in features.
   *
   * @param width the length of those; where it is not D, a linear head follows
   * @param head the name of the head
   * @param ignored tensors of the network's files without use here
   */
  NetworkSpec table(
      List<Layer> rows,
      int width,
      String head,
      Initialisation initialisation,
      Set<String> ignored) {
    List<Layer> layers = new ArrayList<>(rows);
    layers.add(new Layer.Representation());
    if (augmentation.present()) {
      augmentation.addTo(layers, width, dimension);
    } else if (width != dimension) {
      layers.add(new Layer.Linear(head, width, dimension));
    }
    Set<String> names = ignored.stream().map(this::name).collect(Collectors.toSet());
    return new NetworkSpec(architecture, input, dimension, layers, initialisation, names);
  }
}
