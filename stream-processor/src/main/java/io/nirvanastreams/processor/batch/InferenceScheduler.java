package io.nirvanastreams.processor.batch;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.model.ModelChooser;
import io.nirvanastreams.processor.model.ServingModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gathers the images of all tasks and stream threads of an instance into batches for its one
 * device.
 *
 * <p>The model of an image is chosen when it is submitted, and a batch has one model. Images are
 * decoded by a pool, so that the next batch is decoded while this one is in the network. An image
 * that cannot be decoded, or that the network fails on, is answered {@link Inference.Undecodable}
 * and spoils nobody else's answer. Failures that are not the image's fault end its future with
 * {@link InferenceUnavailableException}.
 *
 * <p>Safe for any thread. The number of images in work is bounded: submitting waits for room.
 */
public final class InferenceScheduler implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  private final BatchSettings settings;
  private final ModelChooser models;
  private final PixelSource pixels;
  private final Counters counters;
  private final Semaphore room;
  private final Set<Job> outstanding = ConcurrentHashMap.newKeySet();
  private final JobQueue queue = new JobQueue();
  private final ExecutorService decoders;
  private final Thread device;
  private volatile boolean closed;

  /** A scheduler that runs from now on. */
  public InferenceScheduler(
      BatchSettings settings, ModelChooser models, PixelSource pixels, Counters counters) {
    this.settings = settings;
    this.models = models;
    this.pixels = pixels;
    this.counters = counters;
    this.room = new Semaphore(settings.maxQueue(), true);
    AtomicInteger number = new AtomicInteger();
    this.decoders =
        Executors.newFixedThreadPool(
            settings.decodeThreads(),
            task -> daemon(task, "image-decoder-" + number.incrementAndGet()));
    this.device = daemon(this::run, "inference");
    this.device.start();
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
    for (int from = 0; from < requests.size(); from += settings.maxQueue()) {
      List<InferenceRequest> part =
          requests.subList(from, Math.min(requests.size(), from + settings.maxQueue()));
      if (!findRoom(part.size(), deadline)) {
        return results;
      }
      admit(part, results);
    }
    return results;
  }

  /** Ends all waiting futures with {@link InferenceUnavailableException} and stops. */
  @Override
  public void close() {
    closed = true;
    queue.close();
    decoders.shutdown();
    for (Job job : outstanding) {
      fail(job, new InferenceUnavailableException("the processor closes"));
    }
    try {
      device.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean findRoom(int count, long deadline) {
    try {
      return room.tryAcquire(
          count, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void admit(List<InferenceRequest> requests, List<CompletableFuture<Inference>> results) {
    List<Job> ready = new ArrayList<>(requests.size());
    for (InferenceRequest request : requests) {
      Job job = new Job(request);
      outstanding.add(job);
      results.add(job.result());
      CompletableFuture<ServingModel> choice = models.choose(request.recordTime());
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
          job.assign(
              model, CompletableFuture.supplyAsync(() -> decode(job.request(), model), decoders));
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

  private Job.Decoded decode(InferenceRequest request, ServingModel model) {
    long start = System.nanoTime();
    byte[] decoded = null;
    String reason = null;
    try {
      decoded = pixels.pixels(request.event(), model.spec().input());
    } catch (UndecodableImageException e) {
      reason = String.valueOf(e.getMessage());
    } catch (InferenceUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      // Decoders of foreign formats throw whatever bytes drive them to; that is the image's fault.
      reason = "the decoder failed: " + e;
    }
    return new Job.Decoded(decoded, reason, micros(System.nanoTime() - start));
  }

  private void run() {
    Forward forward = new Forward(models, counters, this::finish, this::fail);
    while (!closed) {
      List<Job> batch = List.of();
      try {
        batch = queue.take(settings.maxBatch());
        if (!batch.isEmpty()) {
          forward(forward, batch);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
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
    room.release();
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

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
