package io.nirvanastreams.app.config;

/**
 * The user gave something wrong; the message says what and what to do. The command exits with 2.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong and what to do. */
  public UsageException(String message) {
    super(message);
  }

  /** With what is wrong and what to do. */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
