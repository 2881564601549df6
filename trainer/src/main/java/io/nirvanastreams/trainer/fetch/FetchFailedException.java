package io.nirvanastreams.trainer.fetch;

import java.io.IOException;

/** A file cannot be had, or is not what was published. The message is one line: what to do. */
public final class FetchFailedException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says what is wrong and what to do. */
  public FetchFailedException(String message) {
    super(message);
  }

  /** Says what is wrong and what to do. */
  public FetchFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
