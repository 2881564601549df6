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
   * @throws IllegalArgumentException for a bound below 1 or above the largest, and for a queue
   *     shorter than a batch
   */
  public BatchSettings {
    if (maxBatch < 1 || maxBatch > LARGEST_BATCH) {
      throw new IllegalArgumentException(
          "a batch of " + maxBatch + " images is not between 1 and " + LARGEST_BATCH);
    }
    if (maxQueue < maxBatch || maxQueue > LONGEST_QUEUE) {
      throw new IllegalArgumentException(
          "a queue of %d images is not between the batch of %d and %d"
              .formatted(maxQueue, maxBatch, LONGEST_QUEUE));
    }
    if (decodeThreads < 1) {
      throw new IllegalArgumentException("at least 1 thread must decode, not " + decodeThreads);
    }
  }

  /** For people. */
  @Override
  public String toString() {
    return "batches have at most %d images, the queue %d".formatted(maxBatch, maxQueue);
  }
}
