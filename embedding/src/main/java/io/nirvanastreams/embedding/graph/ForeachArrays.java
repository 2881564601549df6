package io.nirvanastreams.embedding.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Copies and adds lists of arrays in one call each, also from one device to another. For one list
 * on either side all arrays are on one device. Gradients are not recorded. One thread at a time.
 */
public final class ForeachArrays {
  private static final String COPY =
      ScriptModule.signature("copy", ", x: List[Tensor], y: List[Tensor]", "Tensor")
          + """
          torch._foreach_copy_(x, y)
          return x[0]
          """
              .indent(4);

  private static final String ADD =
      ScriptModule.signature("add", ", x: List[Tensor], y: List[Tensor]", "Tensor")
          + """
          torch._foreach_add_(x, y, alpha=1)
          return x[0]
          """
              .indent(4);

  private static final String SCALE =
      ScriptModule.signature("scale", ", x: List[Tensor], factor: float", "Tensor")
          + """
          torch._foreach_mul_(x, factor)
          return x[0]
          """
              .indent(4);

  private final NDManager manager;
  private final ScriptModule module;

  /**
   * The operations.
   *
   * @param manager owns the compiled code
   */
  public ForeachArrays(NDManager manager) {
    this.manager = manager;
    module = new ScriptModule(manager, List.of(COPY, ADD, SCALE));
  }

  /** Sets every array of the first list to the one of the second. */
  public void copy(List<NDArray> to, List<NDArray> from) {
    run("copy", to, from);
  }

  /** Adds to every array of the first list the one of the second, on the same device. */
  public void add(List<NDArray> to, List<NDArray> parts) {
    run("add", to, parts);
  }

  /** Multiplies every array. */
  public void scale(List<NDArray> arrays, double factor) {
    run("scale", arrays, factor);
  }

  private void run(String method, List<NDArray> first, Object second) {
    if (first.isEmpty()) {
      return;
    }
    try (NDManager scratch = manager.newSubManager()) {
      module.run(method, scratch, first, second);
    }
  }
}
