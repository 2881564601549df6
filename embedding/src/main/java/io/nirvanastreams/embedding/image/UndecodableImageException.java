package io.nirvanastreams.embedding.image;

/** The bytes are not an image that can be used; the message is a short reason for people. */
public final class UndecodableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The image is refused for this reason. */
  public UndecodableImageException(String reason) {
    super(reason);
  }

  /** The image is refused for this reason, after a failure of the decoder. */
  public UndecodableImageException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
