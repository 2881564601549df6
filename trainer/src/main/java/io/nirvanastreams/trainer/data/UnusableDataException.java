package io.nirvanastreams.trainer.data;

import java.io.IOException;

/** Data that cannot be read as what it should be. The message is one line: what, and what to do. */
public final class UnusableDataException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says what is wrong and what to do. */
  public UnusableDataException(String message) {
    super(message);
  }

  /** Says what is wrong and what to do. */
  public UnusableDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
