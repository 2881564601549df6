package io.nirvanastreams.processor;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.processor.model.Network;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Embeds as {@link Samples#embedding} says; fails on a poison pixel; can be held. */
public final class FakeNetwork implements Network {
  public static final int POISON = 66;
  public final List<Integer> batches = new CopyOnWriteArrayList<>();
  public volatile boolean broken;
  public volatile boolean closed;

  /** What its features may be off by. */
  public volatile double rounding;

  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** The next calls wait until the latch is opened. */
  public CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  @Override
  public List<Embedding> embed(List<byte[]> pixels) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (broken) {
      throw new IllegalStateException("no device");
    }
    batches.add(pixels.size());
    for (byte[] image : pixels) {
      if (image[0] == POISON) {
        throw new IllegalArgumentException("cannot chew this");
      }
    }
    return pixels.stream().map(image -> Samples.embedding(image[0])).toList();
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
