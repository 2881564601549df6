package io.nirvanastreams.processor.batch;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.processor.model.ServedBy;

/** What the scheduler made of one image. Immutable. */
public sealed interface Inference {
  /** The model that the image was given to. */
  ServedBy servedBy();

  /** Where the time went. */
  Times times();

  /**
   * The network's output for the image.
   *
   * @param embedding feature and representation
   */
  record Embedded(Embedding embedding, ServedBy servedBy, Times times) implements Inference {}

  /**
   * There is no image in the bytes, or none that the network can work on.
   *
   * @param reason why, for people
   */
  record Undecodable(String reason, ServedBy servedBy, Times times) implements Inference {}

  /**
   * Where the time of one image went.
   *
   * @param decodeMicros fetching, decoding and resizing, microseconds
   * @param queueMicros from submission to the start of the forward pass, microseconds
   * @param forwardMicros forward pass of the whole batch, microseconds
   * @param batchSize images in the batch
   */
  record Times(long decodeMicros, long queueMicros, long forwardMicros, int batchSize) {}
}
