package io.nirvanastreams.camera.flow;

/** What happens to a new frame when the buffer is full. */
public enum WhenFull {
  /** The source waits: nothing is lost, but what is sent grows old. */
  BLOCK,
  /** The oldest frame in the buffer gives way: what is sent is recent, and frames are lost. */
  DROP_OLDEST
}
