package io.nirvanastreams.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for Ctrl-C or a polite kill, and holds the process until the command has closed what it
 * opened.
 *
 * <p>For one thread: the one that runs the command.
 */
public final class Running implements AutoCloseable {
  private static final long LONGEST_CLOSE_SECONDS = 30;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "shutdown");

  /** Waits for the wish to end from now on. */
  public Running() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the user wants the command to end, asked at most after the given time. */
  public boolean endsWithin(long millis) throws InterruptedException {
    return asked.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Whether the user wants the command to end. */
  public boolean ends() {
    return asked.getCount() == 0;
  }

  /** Returns when the user wants the command to end. */
  public void awaitEnd() throws InterruptedException {
    asked.await();
  }

  /** All is closed: the process may end. */
  @Override
  public void close() {
    closed.countDown();
    if (asked.getCount() > 0) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        asked.countDown(); // the end has begun meanwhile, and the hook has nothing to wait for
      }
    }
  }

  private void stop() {
    asked.countDown();
    try {
      if (!closed.await(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("nirvana: gave up waiting for a clean end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
