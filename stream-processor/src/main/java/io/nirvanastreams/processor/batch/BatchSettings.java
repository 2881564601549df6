package io.nirvanastreams.processor.batch;

/**
 * Bounds of the scheduler. Immutable.
 *
 * @param maxBatch the most images of one forward pass
 * @param maxQueue the most images submitted and not answered; who submits more waits
 * @param decodeThreads threads that decode images
 */
public record BatchSettings(int maxBatch, int maxQueue, int decodeThreads) {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException for a bound below 1, or a queue shorter than a batch
   */
  public BatchSettings {
    if (maxBatch < 1 || decodeThreads < 1 || maxQueue < maxBatch) {
      throw new IllegalArgumentException(
          "batch %d, decode threads %d must be at least 1, queue %d at least a batch"
              .formatted(maxBatch, decodeThreads, maxQueue));
    }
  }
}
