package io.nirvanastreams.app.alerts;

/** An alert was not taken. Its message names no secret, so that it can be logged. */
public final class DeliveryException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what happened. */
  public DeliveryException(String message) {
    super(message);
  }
}
