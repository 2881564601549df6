package io.nirvanastreams.camera.frame;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Gives frames one after the other: of files, of a camera, or of another source that it thins,
 * changes or buffers. For one thread at a time, but for {@link #close}: it may come from any
 * thread, more than once, and wakes up {@link #next}. Who closes a source closes the sources under
 * it.
 */
public interface FrameSource extends AutoCloseable {
  /**
   * The next frame; waits for it.
   *
   * @return empty at the end
   * @throws IOException when the source is broken; it gives no more frames
   * @throws InterruptedException when the thread is to end
   */
  Optional<Frame> next() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;

  /** These frames, once. */
  static FrameSource of(List<Frame> frames) {
    Iterator<Frame> left = List.copyOf(frames).iterator();
    return new FrameSource() {
      @Override
      public Optional<Frame> next() {
        return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  /** Opens a source anew, as often as it is asked to. */
  @FunctionalInterface
  interface Opener {
    /**
     * A new source; the caller closes it.
     *
     * @throws IOException when it cannot be reached now
     * @throws IllegalArgumentException when trying again is of no use
     */
    FrameSource open() throws IOException, InterruptedException;
  }
}
