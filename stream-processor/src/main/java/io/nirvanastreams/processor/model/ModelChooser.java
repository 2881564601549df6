package io.nirvanastreams.processor.model;

import java.util.concurrent.CompletableFuture;

/** Chooses the model of a record. Implementations are safe for any thread. */
public interface ModelChooser {
  /**
   * The model that answers images of this source and record time: a function of both and of the
   * promotions alone, so that a replay and every instance choose the same. The future waits while
   * the model is still loading, or while there is none yet.
   *
   * @param sourceId where the image comes from
   * @param recordTime milliseconds
   * @return the model, leased: the caller calls {@link ServingModel#release()} once
   */
  CompletableFuture<ServingModel> choose(String sourceId, long recordTime);

  /**
   * A batch of this model begins its forward pass.
   *
   * @param pauseMillis how long images waited for it, since the batch before
   */
  void used(ServingModel model, double pauseMillis);
}
