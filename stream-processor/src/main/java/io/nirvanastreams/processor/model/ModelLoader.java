package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelManifest;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Loads and closes models beside the threads that images wait for. Safe for any thread. */
final class ModelLoader {
  private final ModelSource source;
  private final Executor aside;
  private final ModelEvents events;
  private final Queue<Runnable> closing = new ConcurrentLinkedQueue<>();
  private volatile Duration pause = Duration.ZERO;

  /**
   * A loader.
   *
   * @param aside runs the loading and the closing
   */
  ModelLoader(ModelSource source, Executor aside, ModelEvents events) {
    this.source = source;
    this.aside = aside;
    this.events = events;
  }

  /**
   * Closes networks that long after they were needed last, or before the next is loaded. Memory
   * that is given back to the system in the very moment of a swap slows the first batch after it.
   */
  void closeAfter(Duration time) {
    pause = time;
    later(this::closeWaiting);
  }

  /** Does something where models are loaded, after what is under way there. */
  void execute(Runnable task) {
    aside.execute(task);
  }

  /**
   * Loads a version on the calling thread.
   *
   * @param before the version that it must fit; null for none
   * @param result gets the model, leased, or the failure
   */
  void load(ModelVersion version, ModelManifest before, CompletableFuture<ServingModel> result) {
    closeWaiting();
    long start = System.nanoTime();
    try {
      Continuity.check(before, version.manifest());
      ServingModel model = source.load(version);
      model.closeBy(this::close);
      double millis = (System.nanoTime() - start) / 1e6;
      if (result.complete(model)) {
        events.send(version.spec().version(), ModelEventKind.LOADED, "", millis);
      } else {
        model.release(); // too late, or dropped meanwhile
      }
    } catch (BadModelException | RuntimeException | LinkageError | OutOfMemoryError e) {
      result.completeExceptionally(e);
    }
  }

  private void close(Runnable network) {
    closing.add(network);
    if (pause.isZero()) {
      later(this::closeWaiting);
    } else {
      CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
          .execute(() -> later(this::closeWaiting));
    }
  }

  private void closeWaiting() {
    for (Runnable network = closing.poll(); network != null; network = closing.poll()) {
      network.run();
    }
  }

  /** Where models are loaded; after that has ended, on the calling thread. */
  private void later(Runnable task) {
    try {
      aside.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }
}
