package io.nirvanastreams.processor.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Jobs waiting for their batch, oldest first. A batch is the oldest job and all that wait for the
 * same model, up to a limit: at a switch, records of both versions come interleaved, and taking
 * only runs of neighbours would make batches of one. Takers that wait at the same time share what
 * comes. Safe for any thread.
 */
final class JobQueue {
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Job> jobs = new ArrayDeque<>();
  private int idle;
  private boolean closed;

  /** Adds jobs together; false when the queue is closed. */
  boolean addAll(Collection<Job> more) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      jobs.addAll(more);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether no job waits. */
  boolean isEmpty() {
    lock.lock();
    try {
      return jobs.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for jobs and takes the next batch; empty once the queue is closed. */
  List<Job> take(int most) throws InterruptedException {
    lock.lock();
    try {
      idle++;
      int limit;
      try {
        while (jobs.isEmpty() && !closed) {
          changed.await();
        }
        limit = Math.min(most, (jobs.size() + idle - 1) / idle);
      } finally {
        idle--;
      }
      List<Job> batch = new ArrayList<>();
      Iterator<Job> waiting = jobs.iterator();
      while (!closed && waiting.hasNext() && batch.size() < limit) {
        Job job = waiting.next();
        if (batch.isEmpty() || job.model() == batch.get(0).model()) {
          batch.add(job);
          waiting.remove();
        }
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more jobs and gives back those that wait. */
  List<Job> close() {
    lock.lock();
    try {
      closed = true;
      List<Job> left = new ArrayList<>(jobs);
      jobs.clear();
      changed.signalAll();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
