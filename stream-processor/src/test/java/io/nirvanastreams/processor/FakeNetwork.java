package io.nirvanastreams.processor;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.processor.model.Network;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Embeds as {@link Samples#embedding} says; fails on a poison pixel; can be held. */
public final class FakeNetwork implements Network {
  public static final int POISON = 66;

  /** Its embedding has no number in it. */
  public static final int NAN = 67;

  /** Ends in the error that a device without memory gives, when it is in a batch. */
  public static final int TOO_MUCH = 68;

  public final List<Integer> batches = new CopyOnWriteArrayList<>();
  public volatile boolean broken;
  public volatile boolean numberless;

  /** Larger batches run out of memory. */
  public volatile int fitting = Integer.MAX_VALUE;

  public volatile boolean closed;

  /** What its features may be off by. */
  public volatile double rounding;

  private final AtomicInteger waiting = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** The next calls wait until the latch is opened. */
  public CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** Calls so far, those that wait included. */
  public int waiting() {
    return waiting.get();
  }

  @Override
  public List<Embedding> embed(List<byte[]> pixels) {
    waiting.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (broken) {
      throw new IllegalStateException("no device");
    }
    batches.add(pixels.size());
    if (pixels.size() > fitting) {
      throw new IllegalStateException("CUDA out of memory. Tried to allocate 20.00 MiB");
    }
    for (byte[] image : pixels) {
      if (image[0] == POISON) {
        throw new IllegalArgumentException("cannot chew this");
      }
      if (image[0] == TOO_MUCH) {
        throw new OutOfMemoryError("Direct buffer memory");
      }
    }
    return pixels.stream().map(image -> embedding(image[0])).toList();
  }

  private Embedding embedding(byte pixel) {
    return numberless || pixel == NAN
        ? new Embedding(new float[] {1, Float.NaN}, new float[] {0, 0})
        : Samples.embedding(pixel);
  }

  @Override
  public double rounding() {
    return rounding;
  }

  @Override
  public void close() {
    closed = true;
  }
}
