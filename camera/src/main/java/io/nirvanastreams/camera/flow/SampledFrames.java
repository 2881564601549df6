package io.nirvanastreams.camera.flow;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.util.Optional;

/**
 * At most so many frames a second of the source's own time: the first in each equal slice of time.
 * Frames without a position all go on.
 */
public final class SampledFrames implements FrameSource {
  private final FrameSource source;
  private final double perSecond;
  private long lastSlice = Long.MIN_VALUE;

  /**
   * Thins a source, which is closed with this one.
   *
   * @throws IllegalArgumentException unless the rate is positive
   */
  public SampledFrames(FrameSource source, double perSecond) {
    if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
      throw new IllegalArgumentException("frames a second are positive, not " + perSecond);
    }
    this.source = source;
    this.perSecond = perSecond;
  }

  @Override
  public Optional<Frame> next() throws IOException, InterruptedException {
    while (true) {
      Optional<Frame> frame = source.next();
      if (frame.isEmpty() || frame.get().position() == null) {
        return frame;
      }
      long slice = (long) Math.floor(frame.get().position().toNanos() * perSecond / 1e9);
      // Unequal, not greater: a source that starts again counts from 0 again.
      if (slice != lastSlice) {
        lastSlice = slice;
        return frame;
      }
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
