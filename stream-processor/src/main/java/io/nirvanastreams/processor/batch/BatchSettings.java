package io.nirvanastreams.processor.batch;

/**
 * Bounds of the scheduler. Immutable.
 *
 * @param maxBatch the most images of one forward pass
 * @param maxQueue the most images submitted and not answered; who submits more waits
 * @param decodeThreads threads that decode images
 */
public record BatchSettings(int maxBatch, int maxQueue, int decodeThreads) {
  /** The largest batch that may be asked for. */
  public static final int LARGEST_BATCH = 4096;

  /** The longest queue that may be asked for. */
  public static final int LONGEST_QUEUE = 1_000_000;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException for a bound below 1 or above the largest, or a queue shorter
   *     than a batch
   */
  public BatchSettings {
    if (maxBatch < 1 || decodeThreads < 1 || maxQueue < maxBatch) {
      throw new IllegalArgumentException(
          "batch %d, decode threads %d must be at least 1, queue %d at least a batch"
              .formatted(maxBatch, decodeThreads, maxQueue));
    }
    if (maxBatch > LARGEST_BATCH || maxQueue > LONGEST_QUEUE) {
      throw new IllegalArgumentException(
          "batch %d must be at most %d, queue %d at most %d"
              .formatted(maxBatch, LARGEST_BATCH, maxQueue, LONGEST_QUEUE));
    }
  }

  /** For people. */
  @Override
  public String toString() {
    return "batches have at most %d images, the queue %d".formatted(maxBatch, maxQueue);
  }
}
