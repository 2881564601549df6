package io.nirvanastreams.camera.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Frames that were left out, by the reason. Safe from any thread. */
public final class FrameCounts {
  private final LongAdder dropped = new LongAdder();
  private final LongAdder unchanged = new LongAdder();
  private final LongAdder broken = new LongAdder();
  private volatile String lastDefect = "";

  /** A frame gave way to newer ones because they came faster than they were sent. */
  public void dropped() {
    dropped.increment();
  }

  /** Too little moved. */
  public void unchanged() {
    unchanged.increment();
  }

  /** It came in part only, or cannot be decoded though it has to be. */
  public void broken(String reason) {
    broken.increment();
    lastDefect = reason;
  }

  /** How many gave way to newer ones. */
  public long droppedSoFar() {
    return dropped.sum();
  }

  /** How many showed too little that is new. */
  public long unchangedSoFar() {
    return unchanged.sum();
  }

  /** How many were broken. */
  public long brokenSoFar() {
    return broken.sum();
  }

  /** All that was left out in words; empty when nothing was. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (droppedSoFar() > 0) {
      parts.add(droppedSoFar() + " frames dropped (they came faster than they were sent)");
    }
    if (unchangedSoFar() > 0) {
      parts.add(unchangedSoFar() + " unchanged frames left out");
    }
    if (brokenSoFar() > 0) {
      parts.add(brokenSoFar() + " broken frames left out (last: " + lastDefect + ")");
    }
    return String.join(", ", parts);
  }
}
