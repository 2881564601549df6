package io.nirvanastreams.processor.batch;

import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.model.ModelChooser;
import io.nirvanastreams.processor.model.ServingModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Gathers the images of all tasks and stream threads of an instance into batches for its one
 * device, whose threads ({@link InferenceThreads}) share one queue.
 *
 * <p>The model of an image is chosen when it is submitted, and a batch has one model. Images are
 * decoded by a pool, so that the next batch is decoded while this one is in the network. An image
 * that cannot be decoded, or that the network fails on, is answered {@link Inference.Undecodable}
 * and spoils nobody else's answer. Failures that are not the image's fault end its future with
 * {@link InferenceUnavailableException}.
 *
 * <p>Safe for any thread. The number of images in work is bounded: submitting waits for room. The
 * bounds of batch and queue may be moved at any time.
 */
public final class InferenceScheduler implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  private final ModelChooser models;
  private final Counters counters;
  private final IdleWork idleWork;
  private final Room room;
  private final Set<Job> outstanding = ConcurrentHashMap.newKeySet();
  private final JobQueue queue = new JobQueue();
  private final Decoders decoders;
  private final List<Thread> devices = new ArrayList<>();
  private volatile BatchSettings settings;
  private volatile boolean closed;

  /** A scheduler with one batch in the network at a time, which is idle while no image waits. */
  public InferenceScheduler(
      BatchSettings settings, ModelChooser models, PixelSource pixels, Counters counters) {
    this(settings, InferenceThreads.SINGLE, models, pixels, counters, IdleWork.NONE);
  }

  /**
   * A scheduler that runs from now on, and does other work while no image waits.
   *
   * @param threads batches in the network at once, each on a thread of its own
   */
  public InferenceScheduler(
      BatchSettings settings,
      InferenceThreads threads,
      ModelChooser models,
      PixelSource pixels,
      Counters counters,
      IdleWork idleWork) {
    this.idleWork = idleWork;
    this.settings = settings;
    this.models = models;
    this.counters = counters;
    this.room = new Room(settings.maxQueue());
    this.decoders = new Decoders(settings.decodeThreads(), pixels);
    counters.watch(room::taken, () -> this.settings.maxBatch(), () -> this.settings.maxQueue());
    for (int number = 1; number <= threads.count(); number++) {
      IdleWork meanwhile = number == 1 ? idleWork : IdleWork.NONE;
      Thread thread = new Thread(() -> run(threads, meanwhile), "inference-" + number);
      thread.setDaemon(true);
      devices.add(thread);
    }
    devices.forEach(Thread::start);
  }

  /**
   * Submits the images of a poll together, so that its first batch is a full one. Waits for room.
   *
   * @param patience how long to wait for room
   * @return one future for each of the first requests that found room in time, in their order
   */
  public List<CompletableFuture<Inference>> submit(
      List<InferenceRequest> requests, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<CompletableFuture<Inference>> results = new ArrayList<>(requests.size());
    while (results.size() < requests.size()) {
      int from = results.size();
      int entering = room.enter(requests.size() - from, deadline);
      if (entering == 0) {
        return results;
      }
      admit(requests.subList(from, from + entering), results);
    }
    return results;
  }

  /** The bounds in force. */
  public BatchSettings settings() {
    return settings;
  }

  /**
   * Moves the bounds of batch and queue: the next batch keeps to them, and who waits for room finds
   * it by them. The number of decoding threads stays.
   */
  public void limit(BatchSettings bounds) {
    settings = bounds;
    room.limit(bounds.maxQueue());
  }

  /** Ends all waiting futures with {@link InferenceUnavailableException} and stops. */
  @Override
  public void close() {
    closed = true;
    queue.close();
    decoders.close();
    for (Job job : outstanding) {
      fail(job, new InferenceUnavailableException("the processor closes"));
    }
    try {
      long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
      for (Thread thread : devices) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void admit(List<InferenceRequest> requests, List<CompletableFuture<Inference>> results) {
    List<Job> ready = new ArrayList<>(requests.size());
    for (InferenceRequest request : requests) {
      Job job = new Job(request);
      outstanding.add(job);
      results.add(job.result());
      CompletableFuture<ServingModel> choice =
          models.choose(request.event().getSourceId(), request.recordTime());
      if (choice.isDone() && !choice.isCompletedExceptionally()) {
        if (assign(job, choice.join())) {
          ready.add(job);
        }
      } else {
        var unused = choice.whenComplete((model, failure) -> late(job, model, failure));
      }
    }
    enqueue(ready);
  }

  private void late(Job job, ServingModel model, Throwable failure) {
    if (failure != null) {
      fail(job, new InferenceUnavailableException("no model for the image", failure));
    } else if (assign(job, model)) {
      enqueue(List.of(job));
    }
  }

  private boolean assign(Job job, ServingModel model) {
    synchronized (job) {
      if (outstanding.contains(job)) {
        try {
          job.assign(model, decoders.decode(job.request(), model));
          return true;
        } catch (RejectedExecutionException e) {
          // Closing; the job is ended below.
        }
      }
    }
    model.release();
    fail(job, new InferenceUnavailableException("the processor closes"));
    return false;
  }

  private void enqueue(List<Job> jobs) {
    if (!queue.addAll(jobs)) {
      jobs.forEach(job -> fail(job, new InferenceUnavailableException("the processor closes")));
    }
  }

  private void run(InferenceThreads threads, IdleWork meanwhile) {
    threads.prepare().run();
    Forward forward = new Forward(models, counters, this::finish, this::fail);
    while (!closed) {
      List<Job> batch = List.of();
      try {
        if (queue.isEmpty() && meanwhile.step()) {
          continue;
        }
        batch = queue.take(settings.maxBatch());
        if (!batch.isEmpty()) {
          forward(forward, batch);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) { // whatever it is, the thread must not end
        for (Job job : batch) {
          fail(job, new InferenceUnavailableException("inference failed", e));
        }
      }
    }
  }

  private void forward(Forward forward, List<Job> batch) {
    // A lease of its own: closing ends the jobs, and with them their leases, under way.
    ServingModel model = batch.get(0).model();
    if (!model.retain()) {
      throw new IllegalStateException("the model is closed");
    }
    try {
      forward.run(batch);
    } finally {
      model.release();
    }
  }

  private void finish(Job job, Inference inference) {
    if (settle(job)) {
      job.result().complete(inference);
      if (inference instanceof Inference.Embedded embedded) {
        idleWork.answered(job.request(), job.decoded().pixels(), job.model(), embedded);
      }
    }
  }

  private void fail(Job job, RuntimeException failure) {
    if (settle(job)) {
      job.result().completeExceptionally(failure);
    }
  }

  private boolean settle(Job job) {
    if (!outstanding.remove(job)) {
      return false;
    }
    room.leave();
    synchronized (job) {
      if (job.model() != null) {
        job.model().release();
      }
    }
    return true;
  }

  static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }

  /** Counts what a poll took; for the interceptor. */
  public Counters counters() {
    return counters;
  }
}
