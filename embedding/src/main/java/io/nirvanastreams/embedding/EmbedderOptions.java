package io.nirvanastreams.embedding;

import io.nirvanastreams.embedding.network.ExecutionSettings;
import io.nirvanastreams.embedding.network.Precision;

/**
 * How an {@link Embedder} runs. Immutable.
 *
 * @param device {@code cpu}, {@code gpu:0} (or another number), or {@code auto}: the first GPU when
 *     there is one
 * @param fixedBatch when positive, every call of the network gets exactly this many images, filled
 *     up with black ones, so that an image's result does not depend on its company; 0 lets the size
 *     vary
 * @param maxBatch the most images of one call where the size varies; bounds the memory
 * @param how the execution {@code auto} takes what is measured to be faster; with a fixed batch it
 *     takes the blocks, since a choice by measurement might change from run to run. The precision
 *     {@code auto} takes bfloat16 where the device has it and a check at load shows that answers
 *     stay; with a fixed batch it takes float32
 */
public record EmbedderOptions(String device, int fixedBatch, int maxBatch, ExecutionSettings how) {
  /** The default of {@link #maxBatch()}; larger batches are no faster on a CPU. */
  public static final int DEFAULT_MAX_BATCH = 64;

  /**
   * Checks the sizes, and that the parts fit each other.
   *
   * @throws IllegalArgumentException for a negative fixed batch or a largest batch below 1, and for
   *     bfloat16 with a fixed batch
   */
  public EmbedderOptions {
    if (fixedBatch < 0 || maxBatch < 1) {
      throw new IllegalArgumentException(
          "batch sizes are positive: fixed " + fixedBatch + ", largest " + maxBatch);
    }
    if (how.precision() == Precision.BF16 && fixedBatch > 0) {
      throw new IllegalArgumentException(
          "a fixed batch promises the same bits, which bf16 does not: choose precision fp32");
    }
  }

  /** In float32, with the faster execution. */
  public EmbedderOptions(String device, int fixedBatch, int maxBatch) {
    this(device, fixedBatch, maxBatch, ExecutionSettings.DEFAULT);
  }

  /** With the default of the largest batch. */
  public EmbedderOptions(String device, int fixedBatch) {
    this(device, fixedBatch, DEFAULT_MAX_BATCH);
  }

  /** On the CPU, sizes as they come. */
  public static EmbedderOptions cpu() {
    return new EmbedderOptions("cpu", 0);
  }

  /** The same in another execution and precision. */
  public EmbedderOptions in(ExecutionSettings execution) {
    return new EmbedderOptions(device, fixedBatch, maxBatch, execution);
  }
}
