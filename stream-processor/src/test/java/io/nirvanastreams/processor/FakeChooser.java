package io.nirvanastreams.processor;

import io.nirvanastreams.processor.model.ModelChooser;
import io.nirvanastreams.processor.model.ServingModel;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Models by record time, there from the start unless a future says otherwise. */
public final class FakeChooser implements ModelChooser {
  private final NavigableMap<Long, CompletableFuture<ServingModel>> models = new TreeMap<>();

  public FakeChooser with(long from, ServingModel model) {
    return with(from, CompletableFuture.completedFuture(model));
  }

  public FakeChooser with(long from, CompletableFuture<ServingModel> model) {
    models.put(from, model);
    return this;
  }

  @Override
  public CompletableFuture<ServingModel> choose(String sourceId, long recordTime) {
    return models
        .floorEntry(recordTime)
        .getValue()
        .thenApply(
            model -> {
              if (!model.retain()) {
                throw new IllegalStateException("closed");
              }
              return model;
            });
  }

  @Override
  public void used(ServingModel model, double pauseMillis) {}
}
