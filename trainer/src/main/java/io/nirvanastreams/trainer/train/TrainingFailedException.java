package io.nirvanastreams.trainer.train;

/** Training came to nothing; the message says why and what to change. No model was made. */
public final class TrainingFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says why. */
  public TrainingFailedException(String message) {
    super(message);
  }
}
