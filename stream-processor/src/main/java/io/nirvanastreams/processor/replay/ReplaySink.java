package io.nirvanastreams.processor.replay;

import io.nirvanastreams.schemas.Recognition;

/** Takes the answers of a replay, those of a partition in the order of its images. */
@FunctionalInterface
public interface ReplaySink {
  /**
   * Takes one answer.
   *
   * @param recordTime timestamp of the image's record, milliseconds
   */
  void accept(Recognition answer, long recordTime);
}
