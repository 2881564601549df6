package io.nirvanastreams.camera.flow;

import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Reads a source in a thread of its own into a bounded buffer, so that a camera is always listened
 * to, whatever the cluster does. A failure of the source comes after the frames before it.
 */
public final class BufferedFrames implements FrameSource {
  private static final long LOOK_MILLIS = 100;
  private static final long LONGEST_CLOSE_MILLIS = 5_000;

  private final FrameSource source;
  private final int capacity;
  private final WhenFull whenFull;
  private final BooleanSupplier stopped;
  private final FrameCounts counts;
  private final Thread reader = new Thread(this::read, "camera-reader");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private volatile boolean closed;
  private boolean ended;
  private Exception failure;

  private BufferedFrames(
      FrameSource source,
      int capacity,
      WhenFull whenFull,
      BooleanSupplier stopped,
      FrameCounts counts) {
    this.source = source;
    this.capacity = capacity;
    this.whenFull = whenFull;
    this.stopped = stopped;
    this.counts = counts;
  }

  /**
   * Starts to read a source, which is closed with this one.
   *
   * @param capacity frames that wait at most
   * @param stopped asked while a frame is waited for; when it is so, the source has ended
   * @param counts told of frames that gave way
   * @throws IllegalArgumentException unless the capacity is positive
   */
  public static BufferedFrames start(
      FrameSource source,
      int capacity,
      WhenFull whenFull,
      BooleanSupplier stopped,
      FrameCounts counts) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a buffer holds at least 1 frame, not " + capacity);
    }
    BufferedFrames buffered = new BufferedFrames(source, capacity, whenFull, stopped, counts);
    buffered.reader.setDaemon(true);
    buffered.reader.start();
    return buffered;
  }

  @Override
  public Optional<Frame> next() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (frames.isEmpty() && !ended && !stopped.getAsBoolean()) {
        var unused = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      Frame frame = frames.poll();
      changed.signalAll();
      if (frame == null) {
        rethrow();
      }
      return Optional.ofNullable(frame);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    reader.interrupt();
    try {
      reader.join(LOOK_MILLIS);
      if (reader.isAlive()) {
        source.close(); // not every wait ends by an interrupt
        reader.join(LONGEST_CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    Exception reason = null;
    try (source) {
      for (Optional<Frame> frame = source.next(); frame.isPresent(); frame = source.next()) {
        put(frame.get());
      }
    } catch (IOException | RuntimeException e) {
      reason = closed ? null : e; // it may well break off when it is closed
    } catch (InterruptedException e) {
      // Closed: nobody waits for a frame any more.
    }
    lock.lock();
    try {
      ended = true;
      failure = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void put(Frame frame) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (frames.size() >= capacity) {
        if (whenFull == WhenFull.DROP_OLDEST) {
          frames.remove();
          counts.dropped();
        } else {
          changed.await();
        }
      }
      frames.add(frame);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void rethrow() throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    }
  }
}
