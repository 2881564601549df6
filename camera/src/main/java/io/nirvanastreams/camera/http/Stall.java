package io.nirvanastreams.camera.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes a stream in which nothing comes any more, which wakes its reader up. A dead camera does
 * not end its connection, and the platform's client waits for a body without a limit.
 */
final class Stall implements AutoCloseable {
  private final InputStream stream;
  private final Duration patience;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "camera-stall");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long last = System.nanoTime();
  private volatile boolean happened;

  /** Watches from now on. */
  Stall(InputStream stream, Duration patience) {
    this.stream = stream;
    this.patience = patience;
    long interval = Math.max(1, patience.toMillis() / 5);
    var unused =
        watch.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
  }

  /** Something came. */
  void alive() {
    last = System.nanoTime();
  }

  /** Whether the stream was closed because nothing came. */
  boolean happened() {
    return happened;
  }

  String reason() {
    return "no image came for " + patience.toMillis() / 1000.0 + " s";
  }

  @Override
  public void close() throws IOException {
    watch.shutdownNow();
    stream.close();
  }

  private void look() {
    if (System.nanoTime() - last > patience.toNanos()) {
      happened = true;
      watch.shutdown();
      try {
        stream.close();
      } catch (IOException e) {
        // Closing was all there was to do; the reader learns of it by itself.
      }
    }
  }
}
