package io.nirvanastreams.camera.flow;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.util.Optional;

/** Opens a source again whenever it ended; ends only when a whole turn gave no frame. */
public final class RepeatedFrames implements FrameSource {
  private final FrameSource.Opener opener;
  private volatile FrameSource current;
  private boolean gaveNone;

  /** Opens the source for the first time. */
  public RepeatedFrames(FrameSource.Opener opener) throws IOException, InterruptedException {
    this.opener = opener;
    this.current = opener.open();
  }

  @Override
  public Optional<Frame> next() throws IOException, InterruptedException {
    while (true) {
      Optional<Frame> frame = current.next();
      if (frame.isPresent() || gaveNone) {
        gaveNone = false;
        return frame;
      }
      gaveNone = true;
      FrameSource ended = current;
      current = opener.open();
      ended.close();
    }
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
