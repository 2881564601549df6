package io.nirvanastreams.app.cli;

import io.nirvanastreams.trainer.fetch.FetchListener;
import io.nirvanastreams.trainer.fetch.RemoteFile;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows on a terminal how far a download is. Where there is no terminal a line for each file is
 * printed and nothing moves. For one thread.
 */
final class DownloadBar implements FetchListener {
  private static final int WIDTH = 24;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintWriter out;
  private final boolean moving;
  private long drawn;
  private int lineLength;

  /**
   * A bar.
   *
   * @param moving whether it may redraw its line
   */
  DownloadBar(PrintWriter out, boolean moving) {
    this.out = out;
    this.moving = moving;
  }

  @Override
  public void onFile(RemoteFile file, boolean present) {
    line(
        file.name()
            + (present
                ? ": there already"
                : String.format(Locale.ROOT, ": %,d bytes", file.bytes())));
  }

  @Override
  public void onBytes(RemoteFile file, long bytes) {
    long now = System.nanoTime();
    boolean whole = bytes == file.bytes();
    if (!moving || (now - drawn < REDRAW_NANOS && !whole)) {
      return;
    }
    drawn = now;
    int filled = file.bytes() == 0 ? WIDTH : (int) (WIDTH * bytes / file.bytes());
    String line =
        String.format(
            Locale.ROOT,
            "%s [%s] %3.0f%% of %.1f MB",
            file.name(),
            "#".repeat(filled) + ".".repeat(WIDTH - filled),
            file.bytes() == 0 ? 100 : 100.0 * bytes / file.bytes(),
            file.bytes() / 1e6);
    out.print("\r" + padded(line));
    out.flush();
    lineLength = line.length();
    if (whole) {
      out.println();
      lineLength = 0;
    }
  }

  @Override
  public void onRetry(RemoteFile file, String reason) {
    line(file.name() + ": trying again: " + reason);
  }

  @Override
  public void onUnpack(RemoteFile file) {
    line(file.name() + ": unpacking");
  }

  private void line(String text) {
    out.println((lineLength > 0 ? "\r" : "") + padded(text));
    lineLength = 0;
  }

  private String padded(String text) {
    return text + " ".repeat(Math.max(0, lineLength - text.length()));
  }
}
