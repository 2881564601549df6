package io.nirvanastreams.trainer.retrain;

/** Learns new classes from a live version. Called by one thread at a time. */
@FunctionalInterface
public interface ModelLearner {
  /**
   * Learns a version and measures it; publishes nothing.
   *
   * @throws LearningFailedException when no version came out of it; the message says why
   */
  LearnedModel learn(LearningTask task) throws LearningFailedException;
}
