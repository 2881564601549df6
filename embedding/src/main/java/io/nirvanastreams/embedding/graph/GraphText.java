package io.nirvanastreams.embedding.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The statements of a method, in the subset of Python that the engine compiles, and the weights
 * they name: one list, {@code w}. One thread.
 */
final class GraphText {
  /** The engine's numbers of its element types. */
  static final int FLOAT32 = 6;

  private static final int BFLOAT16 = 15;

  private final StringBuilder code = new StringBuilder();
  private final List<String> weights = new ArrayList<>();

  /** Adds a statement. */
  void line(String format, Object... arguments) {
    code.append("    ").append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** An expression that stands for a tensor, which is given a place in the list. */
  String weight(String name) {
    int index = weights.indexOf(name);
    if (index < 0) {
      index = weights.size();
      weights.add(name);
    }
    return "w[" + index + "]";
  }

  /** Names of the tensors in the order of the list. */
  List<String> weights() {
    return List.copyOf(weights);
  }

  static String cast(String expression, boolean reduced) {
    return "torch.to(%s, %d, False, False, None)"
        .formatted(expression, reduced ? BFLOAT16 : FLOAT32);
  }

  static String pair(int value) {
    return "[" + value + ", " + value + "]";
  }

  static String number(double value) {
    return Double.toString(value);
  }

  /** The statements. */
  @Override
  public String toString() {
    return code.toString();
  }
}
