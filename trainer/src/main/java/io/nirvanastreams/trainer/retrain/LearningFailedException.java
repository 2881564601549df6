package io.nirvanastreams.trainer.retrain;

/** Nothing could be learned; the message says why and the live version stays as it is. */
public final class LearningFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public LearningFailedException(String message) {
    super(message);
  }

  /** Says why, and what it followed from. */
  public LearningFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
