package io.nirvanastreams.embedding.network;

import java.util.List;
import java.util.Map;

/**
 * What turns the features of a network into longer ones. The tensors are named as the authors name
 * them: those of the network begin with {@code model.}, those behind it with {@code layers.} and
 * the number of the row. Immutable.
 *
 * @param kind what the rows are
 * @param depth k, the number of blocks or layers
 */
record Augmentation(Kind kind, int depth) {
  static final String DAM = "dam";
  static final String REVISED = "revised";
  static final Augmentation NONE = new Augmentation(Kind.NONE, 0);

  private static final int DEEPEST = 16;

  enum Kind {
    NONE,
    /** The dimension augmentation module. */
    DAM,
    /** The revised network: linear layers only. */
    REVISED
  }

  /**
   * The options {@code dam} and {@code revised}.
   *
   * @throws IllegalArgumentException for both at once, or a number outside 1 to 16
   */
  static Augmentation of(Map<String, String> options) {
    if (options.containsKey(DAM) && options.containsKey(REVISED)) {
      throw new IllegalArgumentException("give one of the options dam and revised, not both");
    }
    for (Kind kind : List.of(Kind.DAM, Kind.REVISED)) {
      String option = kind == Kind.DAM ? DAM : REVISED;
      if (options.containsKey(option)) {
        int depth = NetworkRequest.positive(option, options.get(option));
        if (depth > DEEPEST) {
          throw new IllegalArgumentException(
              option + " is from 1 to " + DEEPEST + ", not " + depth);
        }
        return new Augmentation(kind, depth);
      }
    }
    return NONE;
  }

  /** Whether there is something behind the network. */
  boolean present() {
    return kind != Kind.NONE;
  }

  /** What the names of the network's own tensors begin with. */
  String prefix() {
    return present() ? "model." : "";
  }

  /** Adds the rows that lead from d values to D. */
  void addTo(List<Layer> layers, int from, int to) {
    int width = from;
    int row = 0;
    if (kind == Kind.DAM) {
      // The strict form: one bit more or less on another machine could round to another width.
      double ratio = Math.max((double) from / to, (double) to / from);
      double factor = StrictMath.pow(ratio, 1.0 / depth);
      for (int block = 0; block < depth; block++) {
        int out = width * factor > to ? to : (int) Math.ceil(width * factor);
        layers.add(new Layer.Linear("layers." + row++, width, out));
        layers.add(new Layer.PRelu("layers." + row++, 1));
        layers.add(new Layer.BatchNorm("layers." + row++, out, true));
        width = out;
      }
    }
    int linear = kind == Kind.DAM ? 1 : depth;
    for (int i = 0; i < linear; i++) {
      layers.add(new Layer.Linear("layers." + row++, width, to));
      width = to;
    }
  }
}
