package io.nirvanastreams.embedding;

/**
 * How an {@link Embedder} runs. Immutable.
 *
 * @param device {@code cpu}, {@code gpu:0} (or another number), or {@code auto}: the first GPU when
 *     there is one
 * @param fixedBatch when positive, every call of the network gets exactly this many images, filled
 *     up with black ones, so that an image's result does not depend on its company; 0 lets the size
 *     vary
 * @param maxBatch the most images of one call where the size varies; bounds the memory
 */
public record EmbedderOptions(String device, int fixedBatch, int maxBatch) {
  /** The default of {@link #maxBatch()}; larger batches are no faster on a CPU. */
  public static final int DEFAULT_MAX_BATCH = 64;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException for a negative fixed batch or a largest batch below 1
   */
  public EmbedderOptions {
    if (fixedBatch < 0 || maxBatch < 1) {
      throw new IllegalArgumentException(
          "batch sizes are positive: fixed " + fixedBatch + ", largest " + maxBatch);
    }
  }

  /** With the default of the largest batch. */
  public EmbedderOptions(String device, int fixedBatch) {
    this(device, fixedBatch, DEFAULT_MAX_BATCH);
  }

  /** On the CPU, sizes as they come. */
  public static EmbedderOptions cpu() {
    return new EmbedderOptions("cpu", 0);
  }
}
