package io.nirvanastreams.embedding.safetensors;

import java.io.IOException;

/** The bytes are not a safetensors file that can be read; the message says why. */
public final class MalformedSafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The file is refused for this reason. */
  public MalformedSafetensorsException(String reason) {
    super(reason);
  }
}
