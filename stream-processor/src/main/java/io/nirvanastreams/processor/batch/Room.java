package io.nirvanastreams.processor.batch;

/**
 * The bound on the images in work, which may be moved while it holds. Who finds some room but not
 * enough enters in parts, so that nobody waits for more room than there ever is. Safe for any
 * thread.
 */
final class Room {
  private int limit;
  private int taken;

  /** Room for so many. */
  Room(int limit) {
    this.limit = limit;
  }

  /**
   * Waits until there is any room and takes what is wanted of it.
   *
   * @param wanted at least 1
   * @param deadline by {@link System#nanoTime()}
   * @return how many may enter: at most those wanted, and 0 once the deadline has passed
   */
  synchronized int enter(int wanted, long deadline) {
    try {
      while (taken >= limit) {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
          return 0;
        }
        wait(nanos / 1_000_000 + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
    int entering = Math.min(wanted, limit - taken);
    taken += entering;
    return entering;
  }

  /** One leaves. */
  synchronized void leave() {
    taken--;
    notifyAll();
  }

  /** Moves the bound; who is inside stays. */
  synchronized void limit(int most) {
    limit = most;
    notifyAll();
  }

  /** How many are inside. */
  synchronized int taken() {
    return taken;
  }
}
