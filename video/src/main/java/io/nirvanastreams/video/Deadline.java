package io.nirvanastreams.video;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends waits inside of FFmpeg, which asks it now and then: when nothing came for too long, when the
 * source was closed, or when the reading thread was interrupted. Any thread may close it; the rest
 * is for the reading thread.
 */
final class Deadline extends AVIOInterruptCB.Callback_Pointer {
  private final long patienceNanos;
  private volatile long last = System.nanoTime();
  private volatile boolean closed;

  Deadline(Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  void guard(AVFormatContext format) {
    AVIOInterruptCB interrupt = format.interrupt_callback();
    interrupt.callback(this);
  }

  /** Something came, or is asked for only now. */
  void renew() {
    last = System.nanoTime();
  }

  void end() {
    closed = true;
  }

  boolean isOver() {
    return System.nanoTime() - last > patienceNanos;
  }

  @Override
  public int call(Pointer unused) {
    return closed || Thread.currentThread().isInterrupted() || isOver() ? 1 : 0;
  }
}
