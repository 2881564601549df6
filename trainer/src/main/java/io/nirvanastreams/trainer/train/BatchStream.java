package io.nirvanastreams.trainer.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * The batches of an epoch in order, of which the next ones are made on other threads while the
 * model learns from the current one. At most two batches a thread are ahead, whatever the speeds.
 * What goes wrong while a batch is made is thrown when that batch is asked for. For one thread,
 * which must close it.
 */
final class BatchStream implements Iterator<Batch>, AutoCloseable {
  private static final int AHEAD_PER_THREAD = 2;

  private final int count;
  private final IntFunction<Batch> maker;
  private final int most;
  private final ExecutorService pool;
  private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
  private int started;
  private int given;

  /**
   * A stream.
   *
   * @param count of batches
   * @param maker makes the batch of a number; for any thread, in any order
   * @param threads that make them; with 0 they are made when asked for, by who asks
   */
  BatchStream(int count, IntFunction<Batch> maker, int threads) {
    this.count = count;
    this.maker = maker;
    most = AHEAD_PER_THREAD * threads;
    pool =
        threads == 0
            ? null
            : Executors.newFixedThreadPool(
                threads,
                task -> {
                  Thread thread = new Thread(task, "batches");
                  thread.setDaemon(true);
                  return thread;
                });
    fill();
  }

  private void fill() {
    while (started < count && ahead.size() < most) {
      int number = started++;
      ahead.add(pool.submit(() -> maker.apply(number)));
    }
  }

  @Override
  public boolean hasNext() {
    return given < count;
  }

  /**
   * The next batch; waits for it where it is not ready.
   *
   * @throws TrainingFailedException when the thread is interrupted meanwhile
   */
  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has " + count + " batches");
    }
    given++;
    if (pool == null) {
      return maker.apply(given - 1);
    }
    try {
      Batch batch = ahead.remove().get();
      fill();
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingFailedException("Training was interrupted; resume from a checkpoint");
    } catch (ExecutionException e) {
      close();
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException("A batch could not be made", e.getCause());
    }
  }

  /** Stops the threads: each ends with the batch that it is making. */
  @Override
  public void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
    ahead.clear();
    given = count;
  }
}
