package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.trainer.train.TrainingTask;

/** Chooses the score of a model on its own known classes. */
@SuppressWarnings("DoNotCallSuggester")
public final class ScoreSelection {
  private ScoreSelection() {}

  /**
   * Leaves known classes out in turn, trains a short model on the others, and takes the score that
   * tells the left-out class best from the others' validation images. Classes that are unknown to
   * the model have no part in it.
   *
   * @param task the training that the score is for; its listeners are not called
   * @param folds how many classes are left out, one after the other, at most
   * @param epochs of each short model
   */
  public static ScoreChoice choose(TrainingTask task, int folds, int epochs) {
    throw new IllegalStateException("not ready " + task.name() + folds + epochs);
  }
}
