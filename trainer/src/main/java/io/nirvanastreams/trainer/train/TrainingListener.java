package io.nirvanastreams.trainer.train;

import io.nirvanastreams.embedding.network.ExecutionSettings;
import java.util.function.Supplier;

/**
 * Watches a training run. Calls come from the training thread, one at a time; whatever a listener
 * throws ends the run. Every method does nothing by default.
 */
public interface TrainingListener {

  /**
   * Before {@link #onStart}, when the execution was left open and has been chosen.
   *
   * @param chosen neither execution nor precision is {@code AUTO}
   * @param why what was measured and chosen, one line for people
   */
  default void onExecution(ExecutionSettings chosen, String why) {}

  /**
   * Before the first step.
   *
   * @param task what will be trained
   * @param batches steps in an epoch
   */
  default void onStart(TrainingTask task, int batches) {}

  /** After each step. */
  default void onBatch(BatchResult result) {}

  /**
   * After each epoch.
   *
   * @param state makes the state to resume from; costs a copy of all weights, so only who stores it
   *     asks for it, until the next epoch begins or the run has ended
   */
  default void onEpoch(EpochResult result, Supplier<Checkpoint> state) {}

  /** After the last epoch. Not called when the run failed. */
  default void onEnd(TrainedModel model) {}
}
