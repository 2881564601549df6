package io.nirvanastreams.trainer.train;

/** Runs training tasks. */
@SuppressWarnings("DoNotCallSuggester")
public final class Trainer {
  private Trainer() {}

  /** Trains a model. */
  public static TrainedModel train(TrainingTask task) {
    throw new TrainingFailedException("not ready " + task.name());
  }
}
