package io.nirvanastreams.processor.journal;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.batch.InferenceRequest;

/** Stands around the decoding of an image. Implementations are safe for any thread. */
@FunctionalInterface
public interface DecodeGuard {
  /** Guards nothing. */
  DecodeGuard NONE = (request, decoding) -> decoding.decode();

  /**
   * Decodes an image, or refuses to.
   *
   * @throws UndecodableImageException when the decoding does, or when it must not be tried again
   */
  byte[] decode(InferenceRequest request, Decoding decoding) throws UndecodableImageException;

  /** The decoding of one image. */
  @FunctionalInterface
  interface Decoding {
    /** Decodes it on the calling thread. */
    byte[] decode() throws UndecodableImageException;
  }
}
