package io.nirvanastreams.embedding.network;

/**
 * How a network is to be run. Immutable.
 *
 * @param execution as blocks, as a graph, or what is faster
 * @param precision of the convolutions
 */
public record ExecutionSettings(Execution execution, Precision precision) {
  /** What is faster, in float32. */
  public static final ExecutionSettings DEFAULT =
      new ExecutionSettings(Execution.AUTO, Precision.FP32);

  /** Nothing is tried out: the same computation on every machine. */
  public static final ExecutionSettings REPEATABLE =
      new ExecutionSettings(Execution.GRAPH, Precision.FP32);

  /**
   * Checks that the two fit.
   *
   * @throws IllegalArgumentException for bfloat16 with blocks
   */
  public ExecutionSettings {
    if (precision == Precision.BF16 && execution == Execution.BLOCKS) {
      throw new IllegalArgumentException(
          "only the graph computes in bf16: choose execution graph, or precision fp32");
    }
  }

  /**
   * From settings as people write them.
   *
   * @throws IllegalArgumentException for a value that does not exist, or bfloat16 with blocks
   */
  public static ExecutionSettings of(String execution, String precision) {
    return new ExecutionSettings(Execution.of(execution), Precision.of(precision));
  }
}
