package io.nirvanastreams.processor.replay;

import io.nirvanastreams.processor.model.ModelChooser;
import io.nirvanastreams.processor.model.ServingModel;
import java.util.concurrent.CompletableFuture;

/** Chooses one model for every record. The owner of the model closes it. Safe for any thread. */
final class OneModel implements ModelChooser {
  private final ServingModel model;

  OneModel(ServingModel model) {
    this.model = model;
  }

  @Override
  public CompletableFuture<ServingModel> choose(String sourceId, long recordTime) {
    return model.retain()
        ? CompletableFuture.completedFuture(model)
        : CompletableFuture.failedFuture(new IllegalStateException("the model is closed"));
  }

  @Override
  public void used(ServingModel used, double pauseMillis) {}
}
