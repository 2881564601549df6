package io.nirvanastreams.processor.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A version on its way into memory, or in it.
 *
 * @param load ends when the loading does
 * @param ready ends after that, once the books are right: who waits for a version that was refused
 *     must find it refused when it chooses again
 * @param begun whether all parts were there and the loader has them, or is to have them recalled
 * @param asked whether an image chose the version
 */
record Slot(
    CompletableFuture<ServingModel> load,
    CompletableFuture<ServingModel> ready,
    AtomicBoolean begun,
    AtomicBoolean asked) {

  /** The model as soon as it is there; null before. */
  ServingModel inMemory() {
    return present(load);
  }

  /** The model once the books are right; null before. */
  ServingModel settled() {
    return present(ready);
  }

  private static ServingModel present(CompletableFuture<ServingModel> future) {
    return future.isDone() && !future.isCompletedExceptionally() ? future.join() : null;
  }
}
