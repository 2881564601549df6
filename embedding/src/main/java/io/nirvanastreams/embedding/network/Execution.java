package io.nirvanastreams.embedding.network;

import java.util.Locale;

/** How the layers of a network are carried out. */
public enum Execution {
  /** What is faster here. */
  AUTO,
  /** One call of the engine for each layer: the portable reference. */
  BLOCKS,
  /** One generated graph for all of them. */
  GRAPH;

  /**
   * The execution of a setting.
   *
   * @throws IllegalArgumentException when it is none of {@code auto}, {@code blocks}, {@code graph}
   */
  public static Execution of(String setting) {
    return switch (setting) {
      case "auto" -> AUTO;
      case "blocks" -> BLOCKS;
      case "graph" -> GRAPH;
      default ->
          throw new IllegalArgumentException(
              "an execution is auto, blocks or graph, not '" + setting + "'");
    };
  }

  /** As it is set. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
