package io.nirvanastreams.processor.batch;

/**
 * The image could not be answered now for a reason that is not the image: no model, a broken
 * device, a scheduler that closes. The record must be tried again, never dead-lettered.
 */
public final class InferenceUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Not now, for this reason. */
  public InferenceUnavailableException(String message) {
    super(message);
  }

  /** Not now, because of this failure. */
  public InferenceUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
