package io.nirvanastreams.processor.model;

import io.nirvanastreams.schemas.ModelEvent;

/** Takes what happens to models. Implementations are safe for any thread and never throw. */
@FunctionalInterface
public interface ModelEventSink {
  /** Something happened. */
  void accept(ModelEvent event);
}
