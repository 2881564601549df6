package io.nirvanastreams.app.broker;

/** A local cluster cannot start or stop; the message says why and what to do. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason for people. */
  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
