package io.nirvanastreams.processor.model;

import java.util.concurrent.CompletableFuture;

/** Chooses the model of a record. Implementations are safe for any thread. */
public interface ModelChooser {
  /**
   * The model that answers images of this record time: a function of the time and of the promotions
   * alone, so that a replay and every instance choose the same. The future waits while the model is
   * still loading, or while there is none yet.
   *
   * @param recordTime milliseconds
   * @return the model, leased: the caller calls {@link ServingModel#release()} once
   */
  CompletableFuture<ServingModel> choose(long recordTime);

  /**
   * A batch of this model begins its forward pass.
   *
   * @param pauseMillis how long images waited for it, since the batch before
   */
  void used(ServingModel model, double pauseMillis);
}
