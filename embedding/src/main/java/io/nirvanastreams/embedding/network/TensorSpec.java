package io.nirvanastreams.embedding.network;

import java.util.List;

/**
 * One float32 tensor that a network needs. Immutable.
 *
 * @param name as in torch's state dictionary
 * @param role what it is for
 * @param shape sizes, outermost first
 */
public record TensorSpec(String name, Role role, List<Integer> shape) {
  /** What a tensor is for. */
  public enum Role {
    /** The kernel of a convolution or linear layer. */
    WEIGHT,
    /** The bias of a convolution or linear layer. */
    BIAS,
    /** The scale of a batch normalisation. */
    SCALE,
    /** The scale of a batch normalisation that is not trained. */
    FIXED_SCALE,
    /** The shift of a batch normalisation. */
    SHIFT,
    /** What a PReLU multiplies negative values by. */
    SLOPE,
    /** The running mean of a batch normalisation: a statistic, not trained. */
    RUNNING_MEAN,
    /** The running variance of a batch normalisation: a statistic, not trained. */
    RUNNING_VARIANCE;

    /** Whether gradients flow into it. */
    public boolean trained() {
      return this != FIXED_SCALE && this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }
  }

  /** Copies the shape. */
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** The shape as an array. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Integer::longValue).toArray();
  }
}
