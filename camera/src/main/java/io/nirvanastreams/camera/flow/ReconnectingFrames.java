package io.nirvanastreams.camera.flow;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A camera that is opened again when it broke off or ended, with growing waits between the tries.
 * What no try can change ({@link IllegalArgumentException}) passes through at once.
 */
public final class ReconnectingFrames implements FrameSource {
  private final FrameSource.Opener opener;
  private final Backoff backoff;
  private final long retries;
  private final Losses losses;
  private volatile FrameSource current;
  private volatile boolean closed;
  private int failures;

  /**
   * A camera that is opened at the first call of {@link #next}.
   *
   * @param retries tries in a row after the first failure before giving up
   * @param losses told of each failure; waits
   */
  public ReconnectingFrames(
      FrameSource.Opener opener, Backoff backoff, long retries, Losses losses) {
    this.opener = opener;
    this.backoff = backoff;
    this.retries = retries;
    this.losses = losses;
  }

  @Override
  public Optional<Frame> next() throws IOException, InterruptedException {
    while (true) {
      try {
        FrameSource source = current;
        if (source == null) {
          source = opener.open();
          current = source;
        }
        Optional<Frame> frame = source.next();
        if (frame.isPresent()) {
          failures = 0;
          return frame;
        }
        throw new EOFException("the camera ended the stream");
      } catch (IOException e) {
        closeCurrent();
        if (closed || Thread.currentThread().isInterrupted()) {
          return Optional.empty(); // broke off because somebody wants it to end
        }
        failures++;
        if (failures > retries) {
          throw e;
        }
        losses.lost(e, backoff.after(failures));
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    closeCurrent();
  }

  private void closeCurrent() throws IOException {
    FrameSource source = current;
    current = null;
    if (source != null) {
      source.close();
    }
  }

  /** What happens between two tries. */
  @FunctionalInterface
  public interface Losses {
    /** Tells people why the camera is lost and returns when the next try is due. */
    void lost(IOException reason, Duration wait) throws InterruptedException;
  }
}
