package io.nirvanastreams.camera;

import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.time.Duration;

/**
 * Opens sources that need more than the Java platform: found by {@link java.util.ServiceLoader}
 * when its jar is on the class path. Safe from any thread.
 */
public interface FrameSourceProvider {
  /** Whether it can open such addresses at all. */
  boolean accepts(CameraAddress address);

  /**
   * Opens a source.
   *
   * @param patience the longest wait for a frame of a camera
   * @param counts told of frames that are broken
   * @throws IOException when the source cannot be reached or read now
   * @throws IllegalArgumentException when trying again is of no use
   */
  FrameSource open(CameraAddress address, Duration patience, FrameCounts counts) throws IOException;
}
