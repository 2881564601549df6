package io.nirvanastreams.trainer.publish;

/** A version did not become live, since processors did not get ready for it; says which and why. */
public final class NotReadyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The version stays as it was. */
  public NotReadyException(String message) {
    super(message);
  }
}
